import { z } from 'zod';
import { profiles, type ProfileName } from '../dsp/mastering-profiles.js';

/** How a script is to be made into a clip: read twice with "Xin nhắc lại." between, over music. */
export const clipFormSchema = z.strictObject({
  repeat: z.boolean().default(false),
  bed: z.boolean().default(false),
});

export type ClipForm = z.infer<typeof clipFormSchema>;

/** What may be asked for: the form, and with `web` one more clip of the same words for websites and fanpages. */
export const clipOrderSchema = clipFormSchema.extend({ web: z.boolean().default(false) });

export type AskedClips = z.infer<typeof clipOrderSchema>;

export const plainForm: ClipForm = { repeat: false, bed: false };
export const plainOrder: AskedClips = { ...plainForm, web: false };

/** What of a form a profile can have: a horn never plays music under speech, since it would be the speech that is lost. */
export function formFor(profile: ProfileName, { repeat, bed }: ClipForm): ClipForm {
  return { repeat, bed: bed && profiles[profile].bed };
}
