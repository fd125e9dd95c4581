import { z } from 'zod';
import { channelKinds, type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { type SoundProfile, soundProfiles } from './entities/sound-profile.js';
import { hoursBody, localDay, presetBody, windowBody } from './rules.dto.js';

const MAX_WINDOWS = 48;

const name = z.string().trim().min(2, 'tên dài từ 2 đến 200 ký tự').max(200, 'tên dài từ 2 đến 200 ký tự');
const reason = z.string().trim().min(1, 'xin ghi lý do').max(300, 'lý do dài nhất 300 ký tự');
const unit = z.string().min(1, 'xin chọn đơn vị').max(100).describe('Code of its unit.');
const profile = z
  .enum(soundProfiles)
  .optional()
  .describe('What its clips are mastered for; the usual one of its kind.');
const law = presetBody
  .optional()
  .describe('The law of its place, chosen from the presets. Needed for a loudspeaker while no law was chosen there.');

function isZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
}

export const channelBody = z
  .strictObject({
    name,
    kind: z.enum(channelKinds),
    unit,
    profile,
    zone: z
      .string()
      .max(60)
      .refine(isZone, 'múi giờ không có thật')
      .optional()
      .describe('IANA zone of its local days.'),
    permitted: hoursBody.shape.permitted.optional().describe('Its own hours; a loudspeaker must have some.'),
    windows: z.array(windowBody).max(MAX_WINDOWS).default([]),
    law,
  })
  .meta({
    examples: [
      {
        name: 'Truyền thanh phường Hải Châu',
        kind: 'ward-loudspeaker',
        unit: 'phuong-hai-chau',
        profile: 'horn',
        permitted: [{ from: '05:00', until: '21:00' }],
        windows: [{ name: 'Buổi sáng', weekdays: [1, 2, 3, 4, 5], start: '05:30', minutes: 30 }],
        law: { preset: 'da-nang-2025', place: 'thanh-pho-da-nang' },
      },
    ],
  });
export type ChannelBody = z.infer<typeof channelBody>;

export const channelChange = z.strictObject({ name, unit, profile, law });
export type ChannelChange = z.infer<typeof channelChange>;

export const pauseBody = z
  .strictObject({
    from: localDay.optional().describe('First local day; today, from this moment on, where it is left out.'),
    until: localDay.optional().describe('Last local day; until somebody resumes it where it is left out.'),
    reason,
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'ngày cuối trước ngày đầu',
  });
export type PauseBody = z.infer<typeof pauseBody>;

export const retireBody = z.strictObject({ reason });
export const resumeBody = z.strictObject({});

export const channelsQuery = z.strictObject({
  retired: z.enum(['true', 'false']).default('false').describe('Whether channels out of use are listed too.'),
});

/** The sound profiles that a kind of channel can have, the usual one first. */
export function profilesOf(kind: ChannelKind): readonly SoundProfile[] {
  if (isLoudspeaker(kind)) return kind === 'city-loudspeaker' ? ['fm', 'horn'] : ['horn', 'fm'];
  return kind === 'leaflet' ? ['none'] : ['web', 'none'];
}
