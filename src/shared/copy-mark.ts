/** In every answer to a station: which copy of the installation answers. */
export const COPY_HEADER = 'x-loa-copy';
/** In every request of a station: the newest copy that it has heard of. */
export const SEEN_HEADER = 'x-loa-copy-seen';

/**
 * Identifies a copy of an installation, signed with the installation's key, so that neither a station nor the network
 * can forge one.
 */
export interface CopyMark {
  house: string;
  generation: number;
  starts: number;
  mark: string;
  /** Base64, over `markText`. */
  signature: string;
}

/** The signed text. It cannot be mistaken for a playlist, which is JSON. */
export function markText({ house, generation, starts, mark }: Omit<CopyMark, 'signature'>): string {
  return `loa-copy.${house}.${generation}.${starts}.${mark}`;
}

export function writeMark(mark: CopyMark): string {
  return `${markText(mark)}.${mark.signature}`;
}

/** Null when the header is not a mark. */
export function readMark(header: unknown): CopyMark | null {
  const parts = /^loa-copy\.([\w-]{1,64})\.(\d{1,15})\.(\d{1,9})\.([\w-]{0,64})\.([A-Za-z0-9+/=]{1,200})$/.exec(
    typeof header === 'string' ? header : '',
  );
  if (!parts) return null;
  const [, house = '', generation, starts, mark = '', signature = ''] = parts;
  return { house, generation: Number(generation), starts: Number(starts), mark, signature };
}

export type Age = 'same' | 'newer' | 'older' | 'twin' | 'other-house';

/** Whether `one` is older or newer than `other`. Twins have the same count, from the same files. */
export function ageOf(one: Omit<CopyMark, 'signature'>, other: Omit<CopyMark, 'signature'>): Age {
  if (one.house !== other.house) return 'other-house';
  const by = one.generation - other.generation || one.starts - other.starts;
  if (by !== 0) return by > 0 ? 'newer' : 'older';
  return one.mark === other.mark ? 'same' : 'twin';
}
