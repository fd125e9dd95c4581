import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { speakLines } from './speak-lines.js';

async function spoken(input: string): Promise<string> {
  const output = new PassThrough();
  const whole = text(output);
  await speakLines(Readable.from([input]), output);
  output.end();
  return whole;
}

it('one line in, one line out, blank for blank', async () => {
  expect(await spoken('Từ 7h30\n\n50.000đ\r\n 🎉 \nhết')).toBe(
    'Từ bảy giờ ba mươi phút\n\nNăm mươi nghìn đồng\n\nhết\n',
  );
});

it('a line that holds a line break of another kind is still one line', async () => {
  expect(await spoken('một\u2028hai\n')).toBe('một hai\n');
});
