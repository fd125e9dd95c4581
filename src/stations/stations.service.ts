import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isLoudspeaker } from '../shared/channel-kind.js';
import { Clock, type Instant } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import type { TimeZone } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { type Actor, hasRole, mayRead } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Channel, type ChannelState, channelStateOf } from '../channels/entities/channel.entity.js';
import { PlaylistCache } from '../playlists/playlist-cache.js';
import { type LogState, logStateOf } from './log-account.js';
import { newToken } from './station-token.js';
import { Station } from './station.entity.js';

export interface NewStation {
  channelCode: string;
  name: string;
  /** True for a player inside the demo; reports say so. */
  simulated?: boolean;
}

export interface StationView {
  id: string;
  channelCode: string;
  channelName: string;
  channelState: ChannelState;
  /** The zone in which its moments are shown. */
  zone: TimeZone;
  name: string;
  tokenHint: string;
  simulated: boolean;
  active: boolean;
  createdAt: Instant;
  lastSeenAt: Instant | null;
  /** The highest number in its log that has arrived here. */
  lastSequence: number;
  /** Its last heartbeat since this process started; null before the first. */
  vitals: Vitals | null;
}

/** What a station reports about itself. */
export interface Vitals {
  playerVersion: string;
  freeBytes?: number;
  /** The station's clock at the heartbeat. */
  now?: Instant;
  /** The slot that sounds now. */
  playing?: string;
  /** The centre's clock. */
  at: Instant;
}

/** A player calls every minute: a word that a slot sounds holds until the next call should have come. */
const SOUNDING_MS = 90_000;
/** A token that another process revoked must stop working within a second. */
const TOKEN_LIFE_MS = 900;
const MAX_TOKENS = 5_000;

/** The devices that play a channel, and their tokens, which an administrator issues and revokes. */
@Injectable()
export class Stations {
  /**
   * Kept in memory: the next heartbeat, within a minute, restores it after a restart, and it is no record of anything.
   */
  private readonly vitals = new Map<string, Vitals>();
  private readonly tokens = new PlaylistCache<Station | null>(TOKEN_LIFE_MS, MAX_TOKENS);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * The token is returned here and never again. Throws 403 unless an administrator or the system acts,
   * `not-a-loudspeaker` (422), `station-name-taken` (409), and 404 for an unknown channel.
   */
  async enrol(actor: Actor, station: NewStation): Promise<{ id: string; token: string }> {
    requireAdmin(actor);
    const { token, hash, hint } = newToken();
    const id = newId(this.clock.now());
    const name = station.name.trim();
    const simulated = station.simulated ?? false;
    await this.database.write(async (tx) => {
      const channel = await tx.findOneBy(Channel, { code: station.channelCode, active: true });
      if (!channel) throw notFound();
      if (!isLoudspeaker(channel.kind)) throw notALoudspeaker(channel);
      if (await tx.existsBy(Station, { channelId: channel.id, name })) throw nameTaken(name);
      await tx.insert(Station, {
        id,
        channelId: channel.id,
        name,
        tokenHash: hash,
        tokenHint: hint,
        simulated,
        active: true,
        createdAt: this.clock.now(),
        lastSeenAt: null,
        lastSequence: 0,
        logGaps: [],
      });
      await this.record(tx, actor, 'station.enrolled', id, channel.unitId, {
        channel: channel.code,
        name,
        simulated,
        hint,
      });
    });
    return { id, token };
  }

  /** From this moment its token is refused. Revoking twice changes nothing. 403, 404. */
  async revoke(actor: Actor, id: string): Promise<void> {
    requireAdmin(actor);
    await this.database.write(async (tx) => {
      const { station, channel } = await this.load(tx, id);
      if (!station.active) return;
      await tx.update(Station, { id }, { active: false });
      this.database.afterCommit(tx, () => this.tokens.drop(station.tokenHash));
      await this.record(tx, actor, 'station.revoked', id, channel.unitId, { hint: station.tokenHint });
    });
  }

  /**
   * A new token; the old one is invalid at once. A revoked station is thereby taken into service again and its log
   * continues: the way to replace the computer of a station. 403, 404.
   */
  async rotate(actor: Actor, id: string): Promise<{ id: string; token: string }> {
    requireAdmin(actor);
    const { token, hash, hint } = newToken();
    await this.database.write(async (tx) => {
      const { station, channel } = await this.load(tx, id);
      await tx.update(Station, { id }, { tokenHash: hash, tokenHint: hint, active: true });
      this.database.afterCommit(tx, () => this.tokens.drop(station.tokenHash));
      const before = { hint: station.tokenHint, active: station.active };
      await this.record(tx, actor, 'station.token-rotated', id, channel.unitId, { hint, active: true }, before);
    });
    return { id, token };
  }

  /** The stations that the actor may see: all, or those of an operator's own ward. In the order of channel and name. */
  async visibleTo(actor: Actor): Promise<StationView[]> {
    const now = this.clock.now();
    const rows = await this.database
      .read()
      .createQueryBuilder(Station, 'station')
      .innerJoinAndMapOne('station.channel', Channel, 'channel', 'channel.id = station.channelId')
      .orderBy('channel.code')
      .addOrderBy('station.name')
      .getMany();
    return (rows as (Station & { channel: Channel })[])
      .filter(({ channel }) => mayRead(actor, channel.unitId))
      .map(({ channel, ...station }) => ({
        id: station.id,
        channelCode: channel.code,
        channelName: channel.name,
        channelState: channelStateOf(channel, now),
        zone: channel.zone,
        name: station.name,
        tokenHint: station.tokenHint,
        simulated: station.simulated,
        active: station.active,
        createdAt: station.createdAt,
        lastSeenAt: station.lastSeenAt,
        lastSequence: station.lastSequence,
        vitals: this.vitals.get(station.id) ?? null,
      }));
  }

  /**
   * The active station that owns the token of this hash, cached for less than a second. A token that is revoked or
   * rotated here is refused from the commit on; one that another process revoked, after `TOKEN_LIFE_MS` at the latest.
   * Fields that change with every call (last heartbeat, last sequence number) may be that old.
   */
  async byTokenHash(hash: string): Promise<Station | null> {
    const station = await this.tokens.get(hash, this.clock.now(), () =>
      this.database.read().findOneBy(Station, { tokenHash: hash, active: true }),
    );
    // Wrong tokens are not cached: they would push out the valid ones.
    if (!station) this.tokens.drop(hash);
    return station;
  }

  /** The state of its log, read from the rows. */
  async logState(id: string): Promise<LogState> {
    return logStateOf(await this.database.read().findOneByOrFail(Station, { id }));
  }

  /**
   * Stores the heartbeat and its vitals; returns the state of the log. Telemetry, not an action of a person: there is
   * no audit entry.
   */
  async heartbeat({ id }: Station, vitals: Omit<Vitals, 'at'>): Promise<LogState> {
    const at = this.clock.now();
    await this.database.write((tx) => tx.update(Station, { id }, { lastSeenAt: at }));
    this.vitals.set(id, { ...vitals, at });
    return this.logState(id);
  }

  /**
   * The slots that a station said are sounding now. Only a device knows this; a process that did not receive the call
   * does not know it, and then nobody says that a slot sounds.
   */
  soundingSlots(): ReadonlySet<string> {
    const now = this.clock.now();
    return new Set(
      [...this.vitals.values()].flatMap(({ playing, at }) =>
        playing !== undefined && now - at <= SOUNDING_MS ? [playing] : [],
      ),
    );
  }

  private async load(tx: EntityManager, id: string): Promise<{ station: Station; channel: Channel }> {
    const station = await tx.findOneBy(Station, { id });
    const channel = station && (await tx.findOneBy(Channel, { id: station.channelId }));
    if (!station || !channel) throw notFound();
    return { station, channel };
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    action: string,
    entityId: string,
    unitId: string,
    after: object,
    before?: object,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, entity: 'station', entityId, unitId, before, after });
  }
}

function requireAdmin(actor: Actor): void {
  if (actor.accountId === null || hasRole(actor, 'admin')) return;
  throw new DomainError('forbidden', 'forbidden', {
    vi: 'Chỉ quản trị hệ thống được cấp hoặc thu hồi quyền của trạm.',
    en: 'Only an administrator enrols and revokes stations.',
  });
}

function notALoudspeaker(channel: Channel): DomainError {
  return new DomainError('invalid', 'not-a-loudspeaker', {
    vi: `Kênh "${channel.name}" không phải kênh truyền thanh nên không có trạm phát.`,
    en: `"${channel.name}" is not a loudspeaker channel; it has no stations.`,
  });
}

function nameTaken(name: string): DomainError {
  return new DomainError('conflict', 'station-name-taken', {
    vi: `Kênh này đã có trạm "${name}". Nếu thay máy của trạm đó, hãy cấp lại mã.`,
    en: `This channel has a station "${name}" already. To replace its computer, rotate its token.`,
  });
}
