/** Letter names as Vietnamese radio spells abbreviations. Each name is itself a word that is read as written. */
const names: Readonly<Record<string, string>> = {
  a: 'a',
  ă: 'á',
  â: 'ớ',
  b: 'bê',
  c: 'xê',
  d: 'đê',
  đ: 'đê',
  e: 'e',
  ê: 'ê',
  f: 'ép',
  g: 'gờ',
  h: 'hát',
  i: 'i',
  j: 'gi',
  k: 'ca',
  l: 'lờ',
  m: 'mờ',
  n: 'nờ',
  o: 'ô',
  ô: 'ô',
  ơ: 'ơ',
  p: 'pê',
  q: 'quy',
  r: 'rờ',
  s: 'ét',
  t: 'tê',
  u: 'u',
  ư: 'ư',
  v: 'vê',
  w: 'vê kép',
  x: 'ích',
  y: 'i dài',
  z: 'dét',
};

/** 'UBND' → 'u bê nờ đê'. Undefined when a character has no name, so that the caller can warn. */
export function spell(letters: string): string | undefined {
  const said: string[] = [];
  for (const letter of letters.toLowerCase()) {
    const name = names[letter];
    if (name === undefined) return undefined;
    said.push(name);
  }
  return said.join(' ');
}
