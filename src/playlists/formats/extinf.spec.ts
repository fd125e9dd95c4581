import fc from 'fast-check';
import { extinf } from './extinf.js';
import { plainLine } from './plain-line.js';

/** As VLC 3 reads the line (modules/demux/playlist/m3u.c): ` - ` before commas. */
function inVlc(line: string): { seconds: number; artist: string; title: string } {
  const [, seconds, text = ''] = /^#EXTINF:(\d+),(.*)$/s.exec(line) ?? [];
  const at = text.indexOf(' - ');
  if (at >= 0) return { seconds: Number(seconds), artist: text.slice(0, at), title: text.slice(at + 3) };
  const comma = text.indexOf(',');
  return { seconds: Number(seconds), artist: text.slice(0, Math.max(0, comma)), title: text.slice(comma + 1) };
}

const ward = 'Truyền thanh phường Bắc Hà';

describe('the line of an item in an M3U', () => {
  it.each([
    'Cắt điện tổ 1, tổ 2 và tổ 3',
    ', Phòng dịch',
    'Sáng 25/11 - chiều 26/11, ngày 27',
    'Bài: “5K”, nhắc lại',
    'Một mạch không dấu',
  ])('shows the whole of %j', (title) => {
    expect(inVlc(extinf(ward, { durationMs: 89_600, title }))).toEqual({ seconds: 90, artist: ward, title });
  });

  it('shows any title whole, whatever the channel is called', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(' - ', '-', ',', '\n', 'ế'), fc.string({ maxLength: 3 })),
    });
    fc.assert(
      fc.property(text, text, (channel, title) => {
        const line = extinf(channel, { durationMs: 1_000, title });
        expect(line).not.toMatch(/[\r\n]/);
        expect(inVlc(line).title).toBe(plainLine(title));
      }),
    );
  });
});
