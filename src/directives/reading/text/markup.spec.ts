import { decodeEntities, looksLikeMarkup, textOfMarkup } from './markup.js';

describe('A letter quoted on a web page', () => {
  it('loses its tags, scripts and navigation, and keeps its lines', () => {
    const html =
      '<html><head><title>x</title></head><body><nav>Trang chủ</nav><p>1. UBND:<br>phát loa</p><!-- 2. ẩn --><script>3</script><table><tr><td>Số: 1</td><td>Hà Tĩnh</td></tr></table></body></html>';
    const text = textOfMarkup(html).replace(/\n+/g, '\n');
    expect(text).toBe('\n1. UBND:\nphát loa\n\tSố: 1\tHà Tĩnh\n');
  });

  it('has its character references read', () => {
    expect(
      decodeEntities('th&agrave;nh&nbsp;phố &amp; &#7873; &#x1EC1; &hellip; &bogus; &#1114112; &Ocirc; AT&T'),
    ).toBe('thành\u00a0phố & ề ề … &bogus; \ufffd Ô AT&T');
    expect(decodeEntities('&aacute;&abreve;&dstrok;&Dstrok;&ETH;&euro;&rarr;')).toBe('áăđĐĐ€→');
    expect(textOfMarkup('<p>&ETH;iều 1')).toBe('\nĐiều 1');
  });

  it('ends a tag where a browser does', () => {
    expect(textOfMarkup('a<p title="x > y">b<br/>c')).toBe('a\nb\nc');
    expect(textOfMarkup('<nav>a<nav>b</nav>c</nav>d')).toBe('d');
    expect(textOfMarkup('th&agrave;nh ph&#7889; &amp;lt;')).toBe('thành phố &lt;');
  });

  it('takes time that grows with the length, whatever is left open', () => {
    const seconds = (size: number, unit: string) => {
      const html = unit.repeat(size / unit.length);
      const start = performance.now();
      textOfMarkup(html);
      return (performance.now() - start) / 1000;
    };
    // The parser of the library takes from 15 s to 30 s for these.
    for (const unit of ['<b>', '<b></i>', '<div></i>']) expect(seconds(400_000, unit)).toBeLessThan(4);
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
