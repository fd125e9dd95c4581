/** How a channel's clips are mastered; the figures stand in audio/profiles.ts. `none` has no sound. */
export const soundProfiles = ['horn', 'fm', 'web', 'none'] as const;
export type SoundProfile = (typeof soundProfiles)[number];
