import { z } from 'zod';
import { profiles, type ProfileName } from '../dsp/mastering-profiles.js';

/** How a script becomes a clip: read twice with "Xin nhắc lại." between, over music. */
export const clipFormSchema = z.strictObject({
  repeat: z.boolean().default(false).describe('All is read twice with "Xin nhắc lại." between.'),
  bed: z.boolean().default(false).describe('Music under it, where the profile may have any (FM and web).'),
});

export type ClipForm = z.infer<typeof clipFormSchema>;

/** A request: the form, and with `web` one more clip of the same words for websites and fanpages. */
export const clipOrderSchema = clipFormSchema.extend({
  web: z.boolean().default(false).describe('One more clip for websites and fanpages.'),
});

export type AskedClips = z.infer<typeof clipOrderSchema>;

export const plainForm: ClipForm = { repeat: false, bed: false };
export const plainOrder: AskedClips = { ...plainForm, web: false };

/** The form that a profile allows: a horn never plays music under speech, since the speech would be lost. */
export function formFor(profile: ProfileName, { repeat, bed }: ClipForm): ClipForm {
  return { repeat, bed: bed && profiles[profile].bed };
}
