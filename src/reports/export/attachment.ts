/**
 * `content-disposition` of a file named after a letter: 'bao-cao-1871-UBND-VHTT.csv' for every browser (RFC 6266), and
 * the number as written for those that support RFC 5987. The number can neither break out of the header nor name
 * another folder.
 */
export function attachment(number: string, extension = 'csv', what = 'báo cáo'): string {
  const plain = asciiName(number);
  const full = `${what} ${number.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '-')}.${extension}`;
  const encoded = encodeURIComponent(full.replace(/\p{Surrogate}/gu, '')).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${asciiName(what)}-${plain || 'van-ban'}.${extension}"; filename*=UTF-8''${encoded}`;
}

function asciiName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}
