import { fold } from '../../shared/fold.js';

/** Reasons for refusing a password. */
export type Weakness = 'short' | 'long' | 'names' | 'common' | 'pattern';

/** What an attacker who knows the organisation tries first. */
export interface Known {
  /** User name and name of the person; each word of them counts. */
  person: readonly string[];
  /** Names of units; whole names and neighbouring words count, since a single word may be part of any sentence. */
  offices: readonly string[];
}

const SHORTEST = 12;
const LONGEST = 200;
/**
 * Required guesses, as a power of ten: even against a stolen database, so many take one processor half a year at the
 * cost of our hashes.
 */
const ENOUGH = 8;
const LONGEST_PART = 24;
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', 'abcdefghijklmnopqrstuvwxyz'];
const sequences = [...ROWS, ...ROWS.map((row) => [...row].reverse().join(''))];
/** Frequent parts of passwords in Vietnamese offices; international lists contain few of them. */
const typical = new Set(
  'matkhau matkhaucuatoi matma anhyeuem emyeuanh yeuem yeuanh khongbiet khongquen quantri quantrivien admin xinchao vietnam vietnamvodich hochiminh hanoi saigon truyenthanh phatthanh loaphuong tuyentruyen ubnd uybannhandan uyban hdnd danguy phuong thanhpho trungtam vanhoa vanhoathongtin thongtin vanphong coquan conan coquanubnd chutich bientap lanhdao'.split(
    ' ',
  ),
);
const leet: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

interface Part {
  length: number;
  cost: number;
  kind: Exclude<Weakness, 'short' | 'long'> | null;
}

/**
 * What makes a password weak, or null. Splits it into the cheapest sequence of guessable parts: names, passwords of the
 * list by their rank, dates, years, repetitions, sequences, and single characters for the rest. Tone marks, spaces,
 * capitals and digits in place of letters do not help. The work grows linearly with the length.
 */
export function weaknessOf(password: string, known: Known, ranks: ReadonlyMap<string, number>): Weakness | null {
  const written = password.normalize('NFC');
  if ([...written].length < SHORTEST) return 'short';
  if (written.length > LONGEST) return 'long';
  const text = fold(written).replaceAll(' ', '');
  const parts = cheapest(text, namesOf(known), ranks);
  if (parts.reduce((sum, { cost }) => sum + cost, 0) >= ENOUGH) return null;
  const kinds = new Set(parts.map(({ kind }) => kind));
  return kinds.has('names') ? 'names' : kinds.has('common') ? 'common' : 'pattern';
}

function cheapest(text: string, names: ReadonlySet<string>, ranks: ReadonlyMap<string, number>): Part[] {
  const plain = [...text].map((letter) => leet[letter] ?? letter).join('');
  const best: { cost: number; last: Part | null }[] = [{ cost: 0, last: null }];
  for (let at = 0; at < text.length; at++) {
    const before = best[at];
    if (!before) continue;
    for (const part of partsAt(text, plain, at, names, ranks)) {
      const cost = before.cost + part.cost;
      const there = best[at + part.length];
      if (!there || cost < there.cost) best[at + part.length] = { cost, last: part };
    }
  }
  const parts: Part[] = [];
  for (let at = text.length; at > 0;) {
    const part = best[at]?.last;
    if (!part) break;
    parts.push(part);
    at -= part.length;
  }
  return parts;
}

/** Every part that can start here; a single character always can. */
function* partsAt(
  text: string,
  plain: string,
  at: number,
  names: ReadonlySet<string>,
  ranks: ReadonlyMap<string, number>,
): Generator<Part> {
  yield { length: 1, cost: 1, kind: null };
  const most = Math.min(LONGEST_PART, text.length - at);
  for (let length = 2; length <= most; length++) {
    const [as, read] = [text.slice(at, at + length), plain.slice(at, at + length)];
    if (names.has(as) || names.has(read)) yield { length, cost: 1, kind: 'names' };
    if (typical.has(as) || typical.has(read)) yield { length, cost: 1, kind: 'common' };
    const rank = ranks.get(as) ?? ranks.get(read);
    if (rank !== undefined) yield { length, cost: Math.max(1, Math.log10(rank)), kind: 'common' };
    if (length > 2 && sequences.some((row) => row.includes(as))) yield { length, cost: 1.5, kind: 'pattern' };
    if (at >= length && text.startsWith(as, at - length)) yield { length, cost: 0.3, kind: 'pattern' };
  }
  // Repetition of the previous character.
  if (at > 0 && text[at] === text[at - 1]) yield { length: 1, cost: 0.2, kind: 'pattern' };
  const ahead = text.slice(at, at + 10);
  if (/^(19|20)\d\d/.test(ahead)) yield { length: 4, cost: 1.5, kind: 'pattern' };
  const date = /^\d{1,2}[./-]?\d{1,2}[./-]?(\d{4}|\d\d)/.exec(ahead);
  if (date) yield { length: date[0].length, cost: 4, kind: 'pattern' };
}

/**
 * Words, whole names, neighbours and initials, as people type them: "Nguyễn Văn An" as nguyenvanan, nguyen, van, an,
 * vanan, nva.
 */
function namesOf({ person, offices }: Known): Set<string> {
  const names = new Set<string>();
  for (const [list, words] of [
    [person, true],
    [offices, false],
  ] as const)
    for (const name of list) {
      const parts = fold(name)
        .split(/[^a-z0-9]+/)
        .filter(Boolean);
      names.add(parts.join(''));
      names.add(parts.map(([first]) => first).join(''));
      for (const [n, part] of parts.entries()) {
        if (words) names.add(part);
        if (n > 0) names.add(`${parts[n - 1]}${part}`);
      }
    }
  for (const name of names) if (name.length < 2) names.delete(name);
  return names;
}
