/** In every answer to a station: which copy of the house answers. */
export const COPY_HEADER = 'x-loa-copy';
/** In every request of a station: the newest copy that it has heard. */
export const SEEN_HEADER = 'x-loa-copy-seen';

/** Which copy of a house it is, signed by the key of the house, so that neither a station nor the line can make one up. */
export interface CopyMark {
  house: string;
  generation: number;
  starts: number;
  mark: string;
  /** Base64, over `markText`. */
  signature: string;
}

/** What is signed. It cannot be taken for a playlist, which is JSON. */
export function markText({ house, generation, starts, mark }: Omit<CopyMark, 'signature'>): string {
  return `loa-copy.${house}.${generation}.${starts}.${mark}`;
}

export function writeMark(mark: CopyMark): string {
  return `${markText(mark)}.${mark.signature}`;
}

/** Null for what is no mark. */
export function readMark(header: unknown): CopyMark | null {
  const parts = /^loa-copy\.([\w-]{1,64})\.(\d{1,15})\.(\d{1,9})\.([\w-]{0,64})\.([A-Za-z0-9+/=]{1,200})$/.exec(
    typeof header === 'string' ? header : '',
  );
  if (!parts) return null;
  const [, house = '', generation, starts, mark = '', signature = ''] = parts;
  return { house, generation: Number(generation), starts: Number(starts), mark, signature };
}

export type Age = 'same' | 'newer' | 'older' | 'twin' | 'other-house';

/** How `one` stands to `other`. Twins have counted as far, from the same files. */
export function ageOf(one: Omit<CopyMark, 'signature'>, other: Omit<CopyMark, 'signature'>): Age {
  if (one.house !== other.house) return 'other-house';
  const by = one.generation - other.generation || one.starts - other.starts;
  if (by !== 0) return by > 0 ? 'newer' : 'older';
  return one.mark === other.mark ? 'same' : 'twin';
}
