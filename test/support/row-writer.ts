import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Config } from '../../src/config/config.js';
import { auditHash, chainHead, setChainHead } from '../../src/database/schema/audit-hash.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { CACHE_MS } from '../../src/playlists/playlists.service.js';
import type { PlaylistDocument } from '../../src/playlists/formats/playlist-document.js';
import { newSlot } from '../../src/schedule/slots/new-slot.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { newId } from '../../src/shared/ids.js';
import { localDateOf, VIETNAM } from '../../src/shared/local-time.js';
import type { ApprovedClip } from './approved-clip.js';
import { BAC_HA } from './at-the-desk.js';
import { type Client, json } from './client.js';
import type { House } from './house.js';
import { type CommandResult, runLoa } from './serve-process.js';

export interface Verified {
  ok: boolean;
  broken: { seq: number } | null;
  forged: { kind: string; id: string; message: string }[];
}

/** An attacker who can write rows and has none of the keys on the server's disk. */
export class RowWriter {
  constructor(private readonly house: House) {}

  get database(): Database {
    return this.house.app.get(Database);
  }

  async put<T extends ObjectLiteral>(entity: EntityTarget<T>, row: object): Promise<void> {
    await this.database.write((tx) => tx.insert(entity, row));
  }

  async sql(...statements: string[]): Promise<void> {
    await this.database.write(async (tx) => {
      for (const one of statements) await tx.query(one);
    });
  }

  /** A slot on Bắc Hà's loudspeakers, without the schedule. */
  async slot(startsAt: number, clip: ApprovedClip | null, more: Partial<Slot> = {}): Promise<string> {
    const { id: channelId } = await this.database.read().findOneByOrFail(Channel, { code: BAC_HA });
    const id = newId(this.house.clock.now());
    const row = newSlot({
      id,
      key: `hand|${id}`,
      channelId,
      windowId: null,
      date: localDateOf(startsAt, VIETNAM),
      campaignId: clip?.campaignId ?? null,
      clipId: clip?.clipId ?? null,
      startsAt,
      endsAt: startsAt + (clip?.durationMs ?? 60_000),
      why: 'Ghi thẳng vào bảng.',
      held: true,
      createdAt: startsAt,
      createdBy: null,
      ...more,
    });
    await this.put(Slot, row);
    return id;
  }

  /** A row at the end of the audit with the correct hashes. */
  async auditRow(row: Pick<AuditEntry, 'action' | 'entity' | 'entityId'> & { after: object }, seal: string | null) {
    return this.database.write(async (tx) => {
      const head = await chainHead(tx);
      const facts = { at: this.house.clock.now(), actorId: null, actor: 'Ai đó', unitId: null, address: null, ...row };
      const seq = head.seq + 1;
      const hash = auditHash(head.hash, { ...facts, seq, before: null, after: JSON.stringify(row.after) });
      await tx.insert(AuditEntry, { ...facts, seq, before: null, prevHash: head.hash, hash, seal } as object);
      await setChainHead(tx, { seq, hash, rows: head.rows + 1 });
      return seq;
    });
  }

  /** Allows audit rows to be changed and deleted. */
  async unguardAudit(): Promise<void> {
    await this.sql(
      ...(this.database.isPostgres
        ? ['ALTER TABLE audit DISABLE TRIGGER audit_no_change']
        : ['DROP TRIGGER IF EXISTS audit_no_update', 'DROP TRIGGER IF EXISTS audit_no_delete']),
    );
  }

  /** Cuts the audit after this row, and repairs its head. */
  async cutAudit(seq: number): Promise<void> {
    await this.unguardAudit();
    await this.database.write(async (tx) => {
      await tx.query(`DELETE FROM audit WHERE seq > ${seq}`);
      const { hash } = await tx.findOneByOrFail(AuditEntry, { seq });
      await setChainHead(tx, { seq, hash, rows: await tx.count(AuditEntry) });
    });
  }
}

/** Ids of the slots in that day's playlist, once the cached bytes have expired. */
export async function heardOn(house: House, reader: Client, date: string): Promise<string[]> {
  house.clock.advance(CACHE_MS);
  const answer = await reader.get(`/api/channels/${BAC_HA}/playlists/${date}.json`);
  return json<PlaylistDocument>(answer).items.map(({ slotId }) => slotId);
}

export function loa(house: House, args: string[]): Promise<CommandResult> {
  const { databaseUrl, dataDir, mediaDir } = house.app.get(Config);
  const env = { LOA_DATABASE_URL: databaseUrl, LOA_DATA_DIR: dataDir, LOA_MEDIA_DIR: mediaDir };
  return runLoa({ dir: dataDir, env }, args);
}

/** The output and exit code of `loa audit verify`. */
export async function verified(house: House, ...more: string[]): Promise<Verified & { code: number | null }> {
  const { code, out, err } = await loa(house, ['audit', 'verify', '--json', ...more]);
  if (!out) throw new Error(err);
  return { code, ...(JSON.parse(out) as Verified) };
}
