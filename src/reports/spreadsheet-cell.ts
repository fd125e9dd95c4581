/** What XML 1.0 can hold: a control character or half a pair in a name would make a document that Word and Excel refuse. */
export function xmlText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
}
