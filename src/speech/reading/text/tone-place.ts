/** The tone mark of oa, oe, uy may be on either vowel: hòa and hoà, thủy and thuỷ are one word. */
const pairs: readonly [string, string][] = [
  ['oà', 'òa'],
  ['oá', 'óa'],
  ['oả', 'ỏa'],
  ['oã', 'õa'],
  ['oạ', 'ọa'],
  ['oè', 'òe'],
  ['oé', 'óe'],
  ['oẻ', 'ỏe'],
  ['oẽ', 'õe'],
  ['oẹ', 'ọe'],
  ['uỳ', 'ùy'],
  ['uý', 'úy'],
  ['uỷ', 'ủy'],
  ['uỹ', 'ũy'],
  ['uỵ', 'ụy'],
];
const old = new Map(pairs);
const modern = new Map(pairs.map(([a, b]) => [b, a]));

/** The form itself and, when its tone mark can be elsewhere, the other form: ['Hòa'] gives Hòa and Hoà. */
export function withOtherTonePlace(written: string): string[] {
  const other = [moved(written, old), moved(written, modern)].filter((form) => form !== written);
  return [written, ...new Set(other)];
}

/** Moves every tone mark to the canonical position (hòa, ủy); same length in UTF-16 units. */
export function inHousePlace(text: string): string {
  return other.test(text) ? moved(text, old) : text;
}

const other = /o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]/;

function moved(written: string, to: ReadonlyMap<string, string>): string {
  return written.replace(
    /(^|[^qQ])([ou][àáảãạèéẻẽẹỳýỷỹỵ]|[òóỏõọùúủũụ][aey])(?!\p{L})/gu,
    (all, before: string, pair: string) => {
      const found = to.get(pair);
      return found === undefined ? all : before + found;
    },
  );
}
