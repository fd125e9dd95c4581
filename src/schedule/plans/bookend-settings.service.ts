import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { hashOf, newId } from '../../shared/ids.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Unit } from '../../people/units/unit.entity.js';
import { ChannelWindow } from '../../channels/entities/channel-window.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { IdentScheduler } from './ident-scheduler.service.js';
import { approvedSound, isPlayable } from '../slots/approved-content.js';
import { type BookendChoice, bookendChoices } from '../bookends/bookend-choices.js';
import { ReplanJob } from './replan.job.js';
import { SessionBookend } from '../bookends/session-bookend.entity.js';

export interface BookendRequest {
  unitCode?: string;
  windowId?: string;
  /** Null clears the clip; an omitted field keeps it. */
  openingClipId?: string | null;
  closingClipId?: string | null;
  /**
   * The station ident of the day; the clip then replaces an ident that is not ready in time. An omitted field keeps the
   * setting.
   */
  openingCall?: boolean;
  closingCall?: boolean;
  /** For a window: no opening or closing, whatever its unit has. Naming a clip or an ident clears it. */
  openingNone?: boolean;
  closingNone?: boolean;
}

export interface BookendView {
  unitCode: string | null;
  windowId: string | null;
  openingClipId: string | null;
  closingClipId: string | null;
  openingCall: boolean;
  closingCall: boolean;
  openingNone: boolean;
  closingNone: boolean;
}

type BookendOwner = { unitId: string; windowId?: undefined } | { windowId: string; unitId?: undefined };

/**
 * The settings of what opens and closes the sessions of a unit or of one window: a clip, the station ident of the day,
 * or nothing.
 */
@Injectable()
export class BookendSettings {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly replan: ReplanJob,
    private readonly approvals: Approvals,
    private readonly idents: IdentScheduler,
  ) {}

  async list(): Promise<BookendView[]> {
    const em = this.database.read();
    const rows = await em.find(SessionBookend, { order: { id: 'ASC' } });
    const units = new Map((await em.find(Unit)).map(({ id, code }) => [id, code]));
    return rows.map((row) => {
      const unitCode = row.unitId === null ? null : (units.get(row.unitId) ?? null);
      return { unitCode, windowId: row.windowId, ...bookendsOf(row) };
    });
  }

  /** The clips that may be chosen for a channel, ordered by title. */
  choices(channel: Channel): Promise<BookendChoice[]> {
    return bookendChoices(this.database.read(), channel);
  }

  /**
   * Stores the setting; openings and closings of future sessions follow in a job. Throws 404; `clip-not-ready`,
   * `not-approved` (409), `not-for-loudspeakers`, `no-loudspeaker` (422: no loudspeaker would play the ident).
   */
  async set(actor: Actor, request: BookendRequest): Promise<void> {
    await this.database.write(async (tx) => {
      const owner = await this.ownerOf(tx, request);
      for (const field of ['openingClipId', 'closingClipId'] as const)
        await this.requireUsable(tx, request[field], field);
      const old = await tx.findOneBy(SessionBookend, owner);
      const before = bookendsOf(old);
      const after = { ...before, ...mergeable(request) };
      if (hashOf(before) === hashOf(after)) return;
      if (after.openingCall || after.closingCall) await this.requireLoudspeaker(tx, owner);
      const now = this.clock.now();
      const empty = hashOf(after) === hashOf(bookendsOf(null));
      if (old && empty) await tx.delete(SessionBookend, { id: old.id });
      else if (old) await tx.update(SessionBookend, { id: old.id }, { ...after, updatedAt: now });
      else {
        const unowned = { unitId: null, windowId: null };
        await tx.insert(SessionBookend, { id: newId(now), ...unowned, ...owner, ...after, updatedAt: now });
      }
      const entityId = owner.unitId ?? owner.windowId;
      await this.audit.record(tx, actor, {
        action: 'session-frame.set',
        entity: 'session_frame',
        entityId,
        before,
        after,
      });
      const channelIds = await this.channelsOf(tx, owner);
      const from = localDateOf(now, this.config.timeZone);
      const sentence = 'Phần mở đầu, kết thúc của buổi phát đã đổi.';
      await this.replan.add(tx, { channelIds, from, rules: true }, { cause: 'frames', sentence });
      await this.idents.add(tx);
    });
  }

  private async ownerOf(tx: EntityManager, { unitCode, windowId }: BookendRequest): Promise<BookendOwner> {
    const lock = this.database.isPostgres ? { lock: { mode: 'pessimistic_write' as const } } : {};
    if (windowId !== undefined) {
      if (await tx.findOne(ChannelWindow, { where: { id: windowId }, ...lock })) return { windowId };
      throw notFound();
    }
    // Lock the unit's row: two people may set it at once.
    const unit = await tx.findOne(Unit, { where: { code: unitCode ?? '' }, ...lock });
    if (!unit) throw notFound();
    return { unitId: unit.id };
  }

  /** Finished, approved, and written for loudspeakers: an opening is heard more often than any item. */
  private async requireUsable(tx: EntityManager, clipId: string | null | undefined, field: string): Promise<void> {
    if (!clipId) return;
    const clip = await tx.findOneBy(Clip, { id: clipId });
    if (!clip) throw notFound();
    if (clip.state !== 'ready' || !isPlayable(clip)) throw notReady(field);
    const { script } = await this.approvals.content(tx, clip.scriptVersionId);
    await approvedSound(tx, this.approvals, script.campaignId, clipId);
  }

  private async requireLoudspeaker(tx: EntityManager, owner: BookendOwner): Promise<void> {
    const channels = await tx.findBy(Channel, { id: In(await this.channelsOf(tx, owner)), active: true });
    if (channels.some(({ kind }) => isLoudspeaker(kind))) return;
    throw new DomainError('invalid', 'no-loudspeaker', {
      vi: 'Đơn vị này không có hệ thống loa nên không có lời giới thiệu đài.',
      en: 'This unit has no loudspeaker channel, so it has no opening or closing.',
    });
  }

  private async channelsOf(tx: EntityManager, owner: BookendOwner): Promise<string[]> {
    if (owner.windowId === undefined) return (await tx.findBy(Channel, { unitId: owner.unitId })).map(({ id }) => id);
    return (await tx.findBy(ChannelWindow, { id: In([owner.windowId]) })).map(({ channelId }) => channelId);
  }
}

function notReady(field: string): DomainError {
  const sentence = { vi: 'Bản thu này chưa dựng xong.', en: 'This clip is not finished.' };
  return new DomainError('conflict', 'clip-not-ready', sentence, { field });
}

type BookendFields = Omit<BookendView, 'unitCode' | 'windowId'>;

function bookendsOf(row: SessionBookend | null): BookendFields {
  return {
    openingClipId: row?.openingClipId ?? null,
    closingClipId: row?.closingClipId ?? null,
    openingCall: row?.openingCall ?? false,
    closingCall: row?.closingCall ?? false,
    openingNone: row?.openingNone ?? false,
    closingNone: row?.closingNone ?? false,
  };
}

/** Merges a request into the stored setting: naming a clip clears `none`, and `none` clears the clip. */
function mergeable(request: BookendRequest): Partial<BookendFields> {
  const { openingClipId, closingClipId, openingCall, closingCall, openingNone, closingNone } = request;
  const named = Object.entries({ openingClipId, closingClipId, openingCall, closingCall, openingNone, closingNone });
  return {
    ...(openingNone
      ? { openingClipId: null, openingCall: false }
      : (openingClipId || openingCall) && { openingNone: false }),
    ...(closingNone
      ? { closingClipId: null, closingCall: false }
      : (closingClipId || closingCall) && { closingNone: false }),
    ...Object.fromEntries(named.filter(([, value]) => value !== undefined)),
  };
}
