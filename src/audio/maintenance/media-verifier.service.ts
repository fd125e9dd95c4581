import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { HealthChecks, type PartHealth } from '../../http/metrics/health-checks.service.js';
import { Jobs } from '../../jobs/jobs.service.js';
import { Audit } from '../../people/audit/audit.js';
import { Clip } from '../clips/clip.entity.js';
import { mediaActor, REPAIR_CLIP } from './repair-clip.job.js';
import { StationIdent } from '../idents/station-ident.entity.js';
import { ToolchainService } from '../render/toolchain.service.js';
import { UPLOADED } from '../store/upload-store.js';

const HOUR_MS = 3_600_000;
/** Every file is read once in this time. */
const ROUND_HOURS = 7 * 24;
/** A pause follows after this many bytes, so that reading leaves the disk to playback: at most some 20 MB a second. */
const PIECE = 1 << 20;
const PIECE_PAUSE_MS = 50;

/**
 * Reads all finished files in the background once a week and compares them with their hashes: disks corrupt data
 * silently. A spoiled file is moved to `spoiled/`, so that it never airs. Read-aloud clips are made again; a spoiled
 * upload is reported in the audit. Stations keep their copies: they check the same hash.
 */
@Injectable()
export class MediaVerifier implements BeforeApplicationShutdown, OnModuleInit {
  private readonly log = new Logger('Media');
  private stopped = false;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly toolchain: ToolchainService,
    private readonly healthChecks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.healthChecks.add('media', () => this.health());
  }

  @Interval(HOUR_MS)
  wake(): void {
    this.reading ??= this.verifyNext()
      .then(() => undefined)
      .catch((error: unknown) => this.log.warn(`Finished files could not be verified: ${String(error)}`))
      .finally(() => (this.reading = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.reading;
  }

  /**
   * Reads the next files in the order of their hashes, and starts again after the last. Returns the hashes of damaged
   * files.
   */
  async verifyNext(share = 1 / ROUND_HOURS): Promise<string[]> {
    const em = this.database.read();
    const named = { sha256: Not(IsNull()) };
    const total = (await em.countBy(Clip, named)) + (await em.countBy(StationIdent, { ...named, droppedAt: IsNull() }));
    if (total === 0) return [];
    // A disk that is not mounted has lost no file.
    await stat(join(this.config.mediaDir, 'clips'));
    const count = Math.ceil(total * share);
    const next = await this.after(await this.cursor(), count);
    const hashes = next.length > 0 ? next : await this.after('', count);
    const lost: string[] = [];
    for (const sha256 of hashes) {
      const problem = await this.problemOf(sha256);
      if (this.stopped) return lost;
      if (problem) {
        await this.report(sha256, problem);
        lost.push(sha256);
      }
      await writeFile(this.cursorFile, sha256);
    }
    return lost;
  }

  /** Hashes of files that were found missing or spoiled, and that are still missing. */
  async lost(): Promise<string[]> {
    const text = await readFile(this.lostFile, 'utf8').catch(() => '');
    const there = await Promise.all(
      text.split('\n').map(async (sha256) => {
        const isWanted = /^[0-9a-f]{64}$/.test(sha256) && (await this.isNamed(sha256));
        return isWanted && !(await this.toolchain.store.find(sha256).catch(() => undefined)) ? [sha256] : [];
      }),
    );
    return there.flat();
  }

  private async isNamed(sha256: string): Promise<boolean> {
    const em = this.database.read();
    return (await em.existsBy(Clip, { sha256 })) || (await em.existsBy(StationIdent, { sha256, droppedAt: IsNull() }));
  }

  /**
   * `unreachable`: finished files cannot be read, or new ones not stored. `lost`: some are missing or spoiled; the
   * audit names them.
   */
  private async health(): Promise<PartHealth> {
    try {
      await access(join(this.config.mediaDir, 'clips'), constants.R_OK | constants.W_OK);
    } catch {
      const isNew = !(await this.database.read().existsBy(Clip, { sha256: Not(IsNull()) }));
      return { works: isNew, word: isNew ? 'ok' : 'unreachable' };
    }
    return { works: true, word: (await this.lost()).length > 0 ? 'lost' : 'ok' };
  }

  private async after(cursor: string, count: number): Promise<string[]> {
    const em = this.database.read();
    const sha256 = MoreThan(cursor);
    const how = { select: { sha256: true }, order: { sha256: 'ASC' }, take: count } as const;
    const rows = [
      ...(await em.find(Clip, { ...how, where: { sha256 } })),
      ...(await em.find(StationIdent, { ...how, where: { sha256, droppedAt: IsNull() } })),
    ];
    return [...new Set(rows.flatMap((row) => row.sha256 ?? []))].sort().slice(0, count);
  }

  private async problemOf(sha256: string): Promise<'missing' | 'spoiled' | undefined> {
    const found = await this.toolchain.store.find(sha256).catch(() => undefined);
    if (!found) return 'missing';
    const hash = createHash('sha256');
    try {
      let sincePause = 0;
      for await (const chunk of createReadStream(found.file) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        sincePause += chunk.length;
        if (sincePause < PIECE) continue;
        if (this.stopped) return undefined;
        sincePause = 0;
        await pause(PIECE_PAUSE_MS);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
      return 'spoiled'; // the disk cannot read it
    }
    return hash.digest('hex') === sha256 ? undefined : 'spoiled';
  }

  private async report(sha256: string, problem: 'missing' | 'spoiled'): Promise<void> {
    this.log.warn(`The file of the clip ${sha256} is ${problem}.`);
    if (problem === 'spoiled') await this.moveAside(sha256);
    await writeFile(this.lostFile, `${[...new Set([...(await this.lost()), sha256])].join('\n')}\n`);
    const before = { sha256 };
    await this.database.write(async (tx) => {
      for (const { id, engine, scriptVersionId } of await tx.findBy(Clip, { sha256, state: 'ready' })) {
        const again = engine !== UPLOADED;
        const after = { scriptVersionId, problem, again };
        await this.audit.record(tx, mediaActor, { action: 'clip.lost', entity: 'clip', entityId: id, before, after });
        if (again) await this.order(tx, 'clip', id, sha256);
      }
      const where = { sha256, state: 'ready' as const, droppedAt: IsNull() };
      for (const { id, date, unitId } of await tx.findBy(StationIdent, where)) {
        const fact = { entity: 'station-call', entityId: id, unitId, before, after: { date, problem, again: true } };
        await this.audit.record(tx, mediaActor, { action: 'station-call.lost', ...fact });
        await this.order(tx, 'station-call', id, sha256);
      }
    });
  }

  private order(tx: Parameters<Jobs['add']>[0], kind: string, id: string, sha256: string): Promise<void> {
    return this.jobs.add(tx, { name: REPAIR_CLIP, key: id, payload: { kind, sha256 }, again: true, maxAttempts: 2 });
  }

  private async moveAside(sha256: string): Promise<void> {
    const folder = join(this.config.mediaDir, 'spoiled');
    await mkdir(folder, { recursive: true });
    const { file } = await this.toolchain.store.find(sha256);
    await rename(file, join(folder, `${sha256}.mp3`));
  }

  /** Stored beside the files: after a restart the round continues where it stopped. */
  private get cursorFile(): string {
    return join(this.config.mediaDir, 'verified-until');
  }

  private get lostFile(): string {
    return join(this.config.mediaDir, 'lost-files');
  }

  private async cursor(): Promise<string> {
    const text = await readFile(this.cursorFile, 'utf8').catch(() => '');
    return /^[0-9a-f]{64}$/.test(text) ? text : '';
  }
}
