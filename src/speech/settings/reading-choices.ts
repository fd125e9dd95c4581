import type { ReadingSettings } from '../reading/text/reading.js';

export interface ReadingChoice {
  setting: keyof ReadingSettings;
  label: string;
  options: { value: string; label: string }[];
}

/** The choices of a unit, with their texts for the screen. */
export const readingChoices: readonly ReadingChoice[] = [
  choice('zeroTens', 'Số 105', { linh: 'một trăm linh năm', lẻ: 'một trăm lẻ năm' }),
  choice('thousand', 'Số 1.000', { nghìn: 'một nghìn', ngàn: 'một ngàn' }),
  choice('fourAfterTens', 'Số 24', { tư: 'hai mươi tư', bốn: 'hai mươi bốn' }),
  choice('documentSlash', 'Dấu gạch chéo trong số văn bản (1871/UBND)', {
    xuyệt: 'đọc là "xuyệt"',
    trên: 'đọc là "trên"',
    pause: 'nghỉ một nhịp',
  }),
  choice('houseSlash', 'Dấu gạch chéo trong số nhà (12/3)', {
    trên: 'đọc là "trên"',
    xuyệt: 'đọc là "xuyệt"',
    pause: 'nghỉ một nhịp',
  }),
];

function choice<K extends keyof ReadingSettings>(
  setting: K,
  label: string,
  options: Record<ReadingSettings[K], string>,
): ReadingChoice {
  const listed = Object.entries<string>(options).map(([value, said]) => ({ value, label: said }));
  return { setting, label, options: listed };
}
