import { z } from 'zod';
import { clashChoices } from '../../schedule/slots/clash.js';
import { channelCode, dayInAddress, formLine, formTime } from '../forms/fields.js';

/** In ms; no URL or form names an instant after 2100. */
const instant = z.coerce.number().int().min(0).max(4_102_444_800_000);
const version = z.coerce.number().int().min(1).optional();
const chosenChannel = channelCode.optional().transform((code) => code || undefined);

export const moveForm = z.strictObject({
  luc: instant.optional(),
  ngay: dayInAddress,
  gio: formTime
    .refine((time) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time))
    .optional()
    .catch(undefined),
  kenh: chosenChannel,
  khi: z.enum(clashChoices).default('refuse'),
  ly_do: formLine(500)
    .optional()
    .transform((text) => text || undefined),
  phien: version,
});
export type MoveForm = z.infer<typeof moveForm>;

export const cancelForm = z.strictObject({ ly_do: formLine(500).default(''), phien: version });
export type CancelForm = z.infer<typeof cancelForm>;
