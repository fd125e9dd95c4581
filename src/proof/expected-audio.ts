import { type EntityManager, In } from 'typeorm';
import { Channel } from '../channels/entities/channel.entity.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { StationIdent } from '../audio/idents/station-ident.entity.js';
import { SessionBookend } from '../schedule/bookends/session-bookend.entity.js';
import type { Slot } from '../schedule/slots/slot.entity.js';

/**
 * The hashes that count as the audio of each of these slots of one channel, the present one first. An item has the hash
 * of its clip. An opening or closing is announced by its ident or by the clip that replaces it, and a station that
 * learned of the change too late has still played the bookend: each of them counts.
 */
export async function expectedAudio(
  em: EntityManager,
  channelId: string,
  slots: readonly Slot[],
): Promise<Map<string, readonly string[]>> {
  const hasBookends = slots.some(({ role }) => role !== 'item');
  const bookends = hasBookends ? await em.find(SessionBookend) : [];
  const standIns = bookends.flatMap(({ openingClipId, closingClipId }) => [openingClipId, closingClipId]);
  const clipIds = [...slots.map(({ clipId }) => clipId), ...standIns].filter((id) => id !== null);
  const clips = await em.find(Clip, { select: { id: true, sha256: true }, where: { id: In([...new Set(clipIds)]) } });
  const clipHash = new Map(clips.map(({ id, sha256 }) => [id, sha256]));
  const idents = hasBookends ? await identsOf(em, channelId, slots) : [];
  return new Map(
    slots.map((slot) => {
      const own = slot.clipId === null ? null : clipHash.get(slot.clipId);
      if (slot.role === 'item') return [slot.id, own ? [own] : []];
      const ofDay = idents.filter(({ date, part }) => date === slot.date && part === slot.role);
      const ident = ofDay.find(({ id }) => id === slot.stationCallId);
      const all = [
        ident?.sha256,
        own,
        ...ofDay.map(({ sha256 }) => sha256),
        ...standIns.map((id) => clipHash.get(id ?? '')),
      ];
      return [slot.id, [...new Set(all.filter((hash) => typeof hash === 'string'))]];
    }),
  );
}

async function identsOf(em: EntityManager, channelId: string, slots: readonly Slot[]): Promise<StationIdent[]> {
  const channel = await em.findOneBy(Channel, { id: channelId });
  const dates = [...new Set(slots.map(({ date }) => date))];
  if (!channel) return [];
  return em.find(StationIdent, {
    select: { id: true, date: true, part: true, sha256: true },
    where: { unitId: channel.unitId, date: In(dates), state: 'ready' },
  });
}
