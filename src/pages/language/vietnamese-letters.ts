/** Letters and marks that English lacks: đ, the horn, breve and circumflex, the five tones. */
const marked = /[\p{L}\p{M}]*(?:đ|Đ|\u0300|\u0301|\u0302|\u0303|\u0306|\u0309|\u031b|\u0323)[\p{L}\p{M}]*/gu;

/** The words of a text that can only be Vietnamese. */
export function vietnameseIn(text: string): string[] {
  return (text.normalize('NFD').match(marked) ?? []).map((word) => word.normalize('NFC'));
}
