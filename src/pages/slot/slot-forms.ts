import { z } from 'zod';
import type { Instant } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { instantOf, type TimeZone } from '../../shared/local-time.js';
import { clashChoices } from '../../schedule/slots/clash.js';
import { channelCode, dayInAddress, formLine, formTime, rowId } from '../forms/fields.js';

/** In ms; no URL or form names an instant after 2100. */
const instant = z.coerce.number().int().min(0).max(4_102_444_800_000);
const version = z.coerce.number().int().min(1).optional();
const chosenChannel = channelCode.optional().transform((code) => code || undefined);

const clockTime = formTime
  .refine((time) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time))
  .optional()
  .catch(undefined);

/** The start that a person asks for: in ms (a drag or an offered place), or as a day and a time. */
const wantedTime = { luc: instant.optional(), ngay: dayInAddress, gio: clockTime };

export const moveForm = z.strictObject({
  ...wantedTime,
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

/** Where a play is added, in the address of the form. */
export const placeQuery = z.object({ kenh: channelCode.default(''), ngay: dayInAddress, gio: clockTime });

export const placeForm = z.strictObject({
  ...wantedTime,
  kenh: channelCode,
  bai: rowId.default(''),
  khi: z.enum(clashChoices).default('refuse'),
  ly_do: formLine(500)
    .optional()
    .transform((text) => text || undefined),
});
export type PlaceForm = z.infer<typeof placeForm>;

/** The requested start in the channel's zone. Throws `no-time` (422) when day or time are missing. */
export function wantedStart({ luc, ngay, gio }: Pick<MoveForm, 'luc' | 'ngay' | 'gio'>, zone: TimeZone): Instant {
  if (luc !== undefined) return luc;
  const [hours = '', minutes = '', seconds = '0'] = (gio ?? '').split(':');
  if (ngay && gio) return instantOf(ngay, `${hours}:${minutes}`, zone) + Number(seconds) * 1000;
  throw new DomainError(
    'invalid',
    'no-time',
    { vi: 'Xin chọn ngày và giờ phát mới.', en: 'Choose the new day and time.' },
    { field: ngay ? 'gio' : 'ngay' },
  );
}
