import { decodeEntities, looksLikeMarkup, textOfMarkup } from './markup.js';

describe('A letter quoted on a web page', () => {
  it('loses its tags, scripts and navigation, and keeps its lines', () => {
    const html =
      '<html><head><title>x</title></head><body><nav>Trang chủ</nav><p>1. UBND:<br>phát loa</p><!-- 2. ẩn --><script>3</script><table><tr><td>Số: 1</td><td>Hà Tĩnh</td></tr></table></body></html>';
    const text = textOfMarkup(html).replace(/\n+/g, '\n');
    expect(text).toBe('\n1. UBND:\nphát loa\n\tSố: 1\tHà Tĩnh\n');
  });

  it('has its character references read', () => {
    expect(decodeEntities('th&agrave;nh&nbsp;phố &amp; &#7873; &#x1EC1; &hellip; &bogus; &#1114112; &Ocirc;')).toBe(
      'thành phố & ề ề … &bogus; &#1114112; Ô',
    );
  });

  it.each([
    ['<!DOCTYPE html><html>', true],
    ['<p>a</p><p>b</p>', true],
    ['nhiệt độ < 30 và > 20', false],
    ['Kính gửi: <tên đơn vị>', false],
    ['', false],
  ])('is told from words: %s', (text, expected) => {
    expect(looksLikeMarkup(text)).toBe(expected);
  });

  it('survives tags that never end', () => {
    expect(textOfMarkup('a <b c')).toContain('a ');
    expect(textOfMarkup('a <script>b')).toBe('a ');
    expect(textOfMarkup('a <!-- b')).toContain('a ');
    expect(textOfMarkup('1 < 2')).toBe('1 < 2');
  });
});
