import { passage, type Passage } from './passage.js';

export type Marker = 'article' | 'upper' | 'roman' | 'arabic' | 'decimal' | 'letter' | 'bullet';

/** A paragraph of the body, its lines joined, without the number or bullet that opened it. */
export interface Block {
  marker: Marker | null;
  /** The printed number of a marker; 0 for bullets and unmarked paragraphs. */
  value: number;
  /** The marker as printed, to restore it when it turns out to be part of the text. */
  label: string;
  body: Passage;
}

const markers: ReadonlyArray<[Marker, RegExp]> = [
  ['article', /^Đi[ềể]u\s{1,3}(\d{1,3})\s?[.:]?\s*/iu],
  ['roman', /^(?=[IVX])((?:X{0,2})(?:IX|IV|V?I{0,3}))\s?(?:[.)/]\s{0,40}|[-–]\s)(?=\S)/u],
  ['upper', /^([A-D])\s?[.)/]\s+(?=\p{Lu})/u],
  ['decimal', /^(\d{1,2}\.\d{1,2})\s?[.)]?\s{0,4}(?=["“(]?\p{L})/u],
  ['arabic', /^\(?(\d{1,2})\s?[.)/:]{1,2}-?\s*(?=["“(*_]{0,3}\p{L}|[-–+*]\s)/u],
  ['arabic', /^(\d{1,2})\s?[-–]\s?(?=\p{Lu})/u],
  ['letter', /^([a-zđ])\s?[.)/]\s*(?=\S)/u],
  ['bullet', /^([-–—+*•·●○▪■►➢✓])\s*(?=\S)/u],
];
/** "2 Chủ trì phối hợp": a number that lost its dot; accepted only where that number comes next. */
const dotless = /^(\d{1,2})\s{1,2}(?=\p{Lu}\p{Ll})/u;

const ordinals: Record<string, number> = { I: 1, V: 5, X: 10 };

export function markerOf(line: string): { marker: Marker; value: number; label: string } | null {
  for (const [marker, pattern] of markers) {
    const match = pattern.exec(line);
    if (match === null || match[1] === '') continue;
    return { marker, value: valueOf(marker, match[1] ?? ''), label: match[0] };
  }
  return null;
}

function valueOf(marker: Marker, printed: string): number {
  if (marker === 'roman') {
    const digits = [...printed].map((ch) => ordinals[ch] ?? 0);
    return digits.reduce((sum, d, i) => sum + (d < (digits[i + 1] ?? 0) ? -d : d), 0);
  }
  if (marker === 'upper' || marker === 'letter') return printed === 'đ' ? 5 : printed.toLowerCase().charCodeAt(0) - 96;
  if (marker === 'decimal') return Number(printed.split('.')[1]);
  return marker === 'bullet' ? 0 : Number(printed);
}

/** Rulers, page numbers and other lines without words. */
export function isOrnament(line: string): boolean {
  return /^[\s\-_=*~.–—|]*$/u.test(line) || /^(?:Trang\s)?\d{1,3}(?:\s?\/\s?\d{1,3})?$/iu.test(line.trim());
}

/**
 * Joins lines to blocks. A line continues the block above when that block was cut off (it is long and does not end with
 * a full stop) or when the line starts in lower case. Copies from PDF break every line at about 80 characters, those
 * from Word none.
 */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Array<{ marker: Marker | null; value: number; label: string; lines: string[] }> = [];
  let gap = true;
  let dueNumber = 0;
  for (const raw of lines) {
    const line = raw
      .replace(/\*\*|__/g, '')
      .replace(/[\t ]+/g, ' ')
      .trim();
    if (line === '' || isOrnament(line)) {
      gap = true;
      continue;
    }
    const last = blocks.at(-1);
    let found = markerOf(line);
    if (found === null && dueNumber > 1) {
      const lost = dotless.exec(line);
      if (lost !== null && Number(lost[1]) === dueNumber)
        found = { marker: 'arabic', value: dueNumber, label: lost[0] };
    }
    if (found !== null) {
      if (found.marker === 'arabic') dueNumber = found.value + 1;
      if (found.marker === 'roman' || found.marker === 'article') dueNumber = 0;
      blocks.push({ ...found, lines: [line.slice(found.label.length)] });
    } else if (last !== undefined && continues(last.lines.at(-1) ?? '', line, gap)) {
      last.lines.push(line);
    } else {
      blocks.push({ marker: null, value: 0, label: '', lines: [line] });
    }
    gap = false;
  }
  return blocks.map(({ lines: own, ...rest }) => ({ ...rest, body: passage(own.join(' ')) }));
}

function continues(above: string, line: string, gap: boolean): boolean {
  const ended = /[.;:!?…/]["”')\]]?$/u.test(above) && !/(?:^|\s)(?:TP|Tp|TX|P|Q)\.$/u.test(above);
  if (/^[\p{Ll}(]/u.test(line) && !/^\((?:gửi|có|kèm|đính)/iu.test(line)) return !(gap && ended);
  if (ended || gap) return false;
  return /^\d/.test(line) || above.length >= 60;
}

/** The block as printed in the letter. */
export function printed(block: Block): string {
  return block.label + block.body.text;
}
