import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock } from '../shared/clock.js';
import { addDays, localDateOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { Unit } from '../people/unit.entity.js';
import { SpeechSettings } from '../speech/settings/speech-settings.service.js';
import type { Channel } from '../channels/channel.entity.js';
import { roomForCall } from '../audio/station-calls/call-room.js';
import type { StationCall } from '../audio/station-calls/station-call.entity.js';
import { StationCalls } from '../audio/station-calls/station-calls.service.js';
import type { ChannelWithRules } from './channel-rules.js';
import { type ApprovedFrameClip, approvedFrameClips, frameClipOn } from './frame-clips.js';
import type { FrameCall, FrameRole, FrameSetting, FrameWish } from './session-frame.js';
import { SessionFrame } from './session-frame.entity.js';

/** By window id. */
export type FrameSettings = ReadonlyMap<string, FrameSetting>;

/** A margin beside the longest call that was measured: another day is a few syllables longer. */
const OTHER_DAYS = 1.08;

interface Known {
  clips: ReadonlyMap<string, ApprovedFrameClip>;
  calls: readonly StationCall[];
  units: ReadonlyMap<string, Unit>;
  /** Words a minute, by unit. */
  rates: ReadonlyMap<string, number>;
}

/** Makes of the stored settings what sounds, or is to sound, in each window. */
@Injectable()
export class FrameWishes {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly calls: StationCalls,
    private readonly speech: SpeechSettings,
  ) {}

  /**
   * What opens and closes each window of these channels, a clip as long as it is approved for them; what a window says of its own
   * about a part wins over its unit.
   */
  async settings(em: EntityManager, channels: readonly ChannelWithRules[]): Promise<FrameSettings> {
    const found = new Map<string, FrameSetting>();
    const rows = await em.find(SessionFrame);
    if (rows.length === 0) return found;
    const chosen = channels.flatMap((one) =>
      one.rules.windows.flatMap(({ id }) => {
        const opening = choiceOf(rows, id, one.channel.unitId, 'opening');
        const closing = choiceOf(rows, id, one.channel.unitId, 'closing');
        return opening || closing ? [{ id, opening, closing, channel: one.channel }] : [];
      }),
    );
    const calling = chosen
      .filter(({ opening, closing }) => opening?.call || closing?.call)
      .map(({ channel }) => channel.unitId);
    const known = await this.known(em, rows, [...new Set(calling)]);
    for (const { id, opening, closing, channel } of chosen) {
      found.set(id, {
        opening: wishOf(known, channel, 'opening', opening),
        closing: wishOf(known, channel, 'closing', closing),
      });
    }
    return found;
  }

  private async known(em: EntityManager, rows: readonly SessionFrame[], unitIds: readonly string[]): Promise<Known> {
    const ids = rows.flatMap((row) => [row.openingClipId, row.closingClipId]).filter((one) => one !== null);
    // What sounded before yesterday is not put anew.
    const from = addDays(localDateOf(this.clock.now(), this.config.timeZone), -2);
    const calls = await this.calls.readyFrom(em, unitIds, from);
    const units = unitIds.length > 0 ? await em.findBy(Unit, { id: In([...unitIds]) }) : [];
    const rates = new Map<string, number>();
    for (const id of unitIds) rates.set(id, (await this.speech.speechOf(id)).rate);
    return {
      clips: ids.length > 0 ? await approvedFrameClips(em, ids) : new Map<string, ApprovedFrameClip>(),
      calls,
      units: new Map(units.map((unit) => [unit.id, unit])),
      rates,
    };
  }
}

/** What was chosen for one part: the call of the day, a clip, or the clip for days without a call. */
export interface FramePartChoice {
  call: boolean;
  clipId: string | null;
}

/** What holds for one part of a window's sessions; undefined is nothing. */
export function choiceOf(
  rows: readonly SessionFrame[],
  windowId: string,
  unitId: string,
  part: FrameRole,
): FramePartChoice | undefined {
  const said = (row: SessionFrame | undefined) => {
    if (!row) return undefined;
    const opens = part === 'opening';
    if (opens ? row.openingNone : row.closingNone) return null;
    const choice = opens
      ? { call: row.openingCall, clipId: row.openingClipId }
      : { call: row.closingCall, clipId: row.closingClipId };
    return choice.call || choice.clipId !== null ? choice : undefined;
  };
  const own = said(rows.find((one) => one.windowId === windowId));
  return (own === undefined ? said(rows.find((one) => one.unitId === unitId)) : own) ?? undefined;
}

function wishOf(
  { clips, calls, units, rates }: Known,
  channel: Channel,
  part: FrameRole,
  { call: wanted, clipId }: FramePartChoice = { call: false, clipId: null },
): FrameWish {
  const clip = clipId === null ? null : frameClipOn(channel, clips.get(clipId));
  const { unitId, profile } = channel;
  const unit = units.get(unitId);
  if (!wanted || !unit) return { clip };
  const own = calls.filter((call) => call.unitId === unitId && call.part === part && call.profile === profile);
  const ready: FrameCall[] = own.flatMap(({ id, date, readyAt, durationMs }) =>
    readyAt === null || durationMs === null ? [] : [{ callId: id, date, readyAt, durationMs }],
  );
  const longest = Math.max(0, ...ready.map(({ durationMs }) => durationMs));
  // How fast a voice really reads is known once it has read; before that it is estimated.
  const roomMs =
    longest > 0 ? Math.ceil((longest * OTHER_DAYS) / 1000) * 1000 : roomForCall(part, unit, rates.get(unitId) ?? 160);
  return { clip, calls: { ready, roomMs } };
}
