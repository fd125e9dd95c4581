import fc from 'fast-check';
import { imageFacts } from './image-facts.js';

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const jpeg = (marker: number, width = 640, height = 480, before: number[] = [0xff, 0xe0, 0, 4, 1, 2]) => {
  const frame = [0xff, marker, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3];
  return Buffer.from([0xff, 0xd8, ...before, ...frame, ...new Array<number>(10).fill(0)]);
};

describe('what a picture is', () => {
  it('PNG and JPEG, with their size', () => {
    expect(imageFacts(png(1200, 630))).toEqual({ kind: 'image/png', width: 1200, height: 630 });
    for (const marker of [0xc0, 0xc1, 0xc2, 0xcf]) {
      expect(imageFacts(jpeg(marker))).toEqual({ kind: 'image/jpeg', width: 640, height: 480 });
    }
    expect(imageFacts(jpeg(0xc0, 5, 6, [0xff, 0xff, 0xff, 0xe1, 0, 2]))).toMatchObject({ width: 5, height: 6 });
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1')],
    ['a PNG without its first chunk', png(1, 1).fill(0, 12, 16)],
    ['a PNG of no size', png(0, 5)],
    ['a JPEG of no size', jpeg(0xc0, 0, 0)],
    ['a JPEG that ends before its frame', jpeg(0xd9)],
    ['a JPEG cut off', jpeg(0xc0).subarray(0, 12)],
    ['a JPEG with tables only', jpeg(0xc4).subarray(0, 20)],
  ])('not %s', (_what, bytes) => {
    expect(imageFacts(bytes)).toBeNull();
  });

  it('whatever the bytes, it ends and does not throw', () => {
    const start = fc.constantFrom([0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], []);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        const facts = imageFacts(Buffer.from([...head, ...rest]));
        if (facts) expect(facts.width * facts.height).toBeGreaterThan(0);
      }),
    );
  });
});
