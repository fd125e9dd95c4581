import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Unit } from '../../people/units/unit.entity.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import { roomForIdent } from '../../audio/idents/ident-room.js';
import type { StationIdent } from '../../audio/idents/station-ident.entity.js';
import { StationIdents } from '../../audio/idents/station-idents.service.js';
import type { ChannelWithRules } from '../../channels/channels-with-rules.js';
import { type ApprovedBookendClip, approvedBookendClips, bookendClipOn } from './bookend-clips.js';
import type { BookendIdent, BookendRole, BookendSetting, ResolvedBookend } from './bookend-slots.js';
import { SessionBookend } from './session-bookend.entity.js';

/** By window id. */
export type StoredBookends = ReadonlyMap<string, BookendSetting>;

/** Margin over the longest measured ident: the text of another day may be a few syllables longer. */
const OTHER_DAYS = 1.08;

interface Known {
  clips: ReadonlyMap<string, ApprovedBookendClip>;
  idents: readonly StationIdent[];
  units: ReadonlyMap<string, Unit>;
  /** Words a minute, by unit id. */
  rates: ReadonlyMap<string, number>;
}

/** Resolves the stored settings to the clip or station ident of each window. */
@Injectable()
export class BookendResolver {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly idents: StationIdents,
    private readonly speech: SpeechSettings,
  ) {}

  /**
   * What opens and closes each window of these channels. A clip counts only while it is approved for them. A window's
   * own setting of a part overrides its unit's.
   */
  async settings(em: EntityManager, channels: readonly ChannelWithRules[]): Promise<StoredBookends> {
    const found = new Map<string, BookendSetting>();
    const rows = await em.find(SessionBookend);
    if (rows.length === 0) return found;
    const chosen = channels.flatMap((one) =>
      one.rules.windows.flatMap(({ id }) => {
        const opening = choiceOf(rows, id, one.channel.unitId, 'opening');
        const closing = choiceOf(rows, id, one.channel.unitId, 'closing');
        return opening || closing ? [{ id, opening, closing, channel: one.channel }] : [];
      }),
    );
    const unitIds = chosen
      .filter(({ opening, closing }) => opening?.ident || closing?.ident)
      .map(({ channel }) => channel.unitId);
    const known = await this.known(em, rows, [...new Set(unitIds)]);
    for (const { id, opening, closing, channel } of chosen) {
      found.set(id, {
        opening: resolve(known, channel, 'opening', opening),
        closing: resolve(known, channel, 'closing', closing),
      });
    }
    return found;
  }

  private async known(em: EntityManager, rows: readonly SessionBookend[], unitIds: readonly string[]): Promise<Known> {
    const ids = rows.flatMap((row) => [row.openingClipId, row.closingClipId]).filter((one) => one !== null);
    // Bookends before yesterday are not placed again.
    const from = addDays(localDateOf(this.clock.now(), this.config.timeZone), -2);
    const idents = await this.idents.readyFrom(em, unitIds, from);
    const units = unitIds.length > 0 ? await em.findBy(Unit, { id: In([...unitIds]) }) : [];
    const rates = new Map<string, number>();
    for (const id of unitIds) rates.set(id, (await this.speech.speechOf(id)).rate);
    return {
      clips: ids.length > 0 ? await approvedBookendClips(em, ids) : new Map<string, ApprovedBookendClip>(),
      idents,
      units: new Map(units.map((unit) => [unit.id, unit])),
      rates,
    };
  }
}

/** The setting of one part: the ident of the day, a clip, or the clip for days without an ident. */
export interface BookendPartChoice {
  ident: boolean;
  clipId: string | null;
}

/** The setting in force for one part of a window's sessions; undefined when there is none. */
export function choiceOf(
  rows: readonly SessionBookend[],
  windowId: string,
  unitId: string,
  part: BookendRole,
): BookendPartChoice | undefined {
  const said = (row: SessionBookend | undefined) => {
    if (!row) return undefined;
    const opens = part === 'opening';
    if (opens ? row.openingNone : row.closingNone) return null;
    const choice = opens
      ? { ident: row.openingCall, clipId: row.openingClipId }
      : { ident: row.closingCall, clipId: row.closingClipId };
    return choice.ident || choice.clipId !== null ? choice : undefined;
  };
  const own = said(rows.find((one) => one.windowId === windowId));
  return (own === undefined ? said(rows.find((one) => one.unitId === unitId)) : own) ?? undefined;
}

function resolve(
  { clips, idents, units, rates }: Known,
  channel: Channel,
  part: BookendRole,
  { ident: wanted, clipId }: BookendPartChoice = { ident: false, clipId: null },
): ResolvedBookend {
  const clip = clipId === null ? null : bookendClipOn(channel, clips.get(clipId));
  const { unitId, profile } = channel;
  const unit = units.get(unitId);
  if (!wanted || !unit) return { clip };
  const own = idents.filter((ident) => ident.unitId === unitId && ident.part === part && ident.profile === profile);
  const ready: BookendIdent[] = own.flatMap(({ id, date, readyAt, durationMs }) =>
    readyAt === null || durationMs === null ? [] : [{ identId: id, date, readyAt, durationMs }],
  );
  const longest = Math.max(0, ...ready.map(({ durationMs }) => durationMs));
  // The real reading speed of a voice is known after its first ident; until then it is estimated.
  const roomMs =
    longest > 0 ? Math.ceil((longest * OTHER_DAYS) / 1000) * 1000 : roomForIdent(part, unit, rates.get(unitId) ?? 160);
  return { clip, idents: { ready, roomMs } };
}
