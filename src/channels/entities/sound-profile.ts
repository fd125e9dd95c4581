/** How a channel's clips are mastered; audio/dsp/mastering-profiles.ts has the figures. `none` has no audio. */
export const soundProfiles = ['horn', 'fm', 'web', 'none'] as const;
export type SoundProfile = (typeof soundProfiles)[number];
