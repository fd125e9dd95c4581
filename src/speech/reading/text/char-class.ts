/** Character classes of the scanner. Every character except layout must be read by some rule. */
export const LAYOUT = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const SIGN = 3;

/** Spaces, and marks that become a pause or nothing. */
const layout =
  /[\s\p{Cc}\p{Cf}.,;:!?…()[\]{}"'“”„‘’‚«»‹›–—‐‑‒―_~`´¨*#|\\•·‧∙◦●○■□▪▫◆◇★☆►▶▸➢➤✓✔✗✘→←↑↓⇒➜®©™¶†‡¿¡、。，「」『』〈〉《》【】-]/u;
const letter = /[\p{L}\p{M}]/u;

/** One byte per UTF-16 unit. Halves of surrogate pairs are signs; decorative ones were replaced by spaces before. */
const classes = new Uint8Array(0x10000);
for (let code = 0; code < 0x10000; code++) {
  const char = String.fromCharCode(code);
  if (code >= 0xd800 && code < 0xe000) classes[code] = SIGN;
  else if (code >= 48 && code <= 57) classes[code] = DIGIT;
  else classes[code] = layout.test(char) ? LAYOUT : letter.test(char) ? LETTER : SIGN;
}

export function classAt(text: string, index: number): number {
  return classes[text.charCodeAt(index)] ?? LAYOUT;
}

/** End of the run of letters that starts at `from`. */
export function endOfLetters(text: string, from: number): number {
  let end = from;
  while (end < text.length && classes[text.charCodeAt(end)] === LETTER) end++;
  return end;
}
