/** MPEG-1 layer III, 32 kbit/s, 48 kHz, mono: 96 bytes and 24 ms a frame. All zeroes after the header is silence. */
const FRAME = Buffer.alloc(96);
FRAME.set([0xff, 0xfb, 0x14, 0xc0]);
const FRAME_MS = 24;

/** A valid MP3 of silence that carries `title` in an ID3v2.4 tag, so that two titles are two files. */
export function silentMp3(seconds: number, title: string): { bytes: Buffer; durationMs: number } {
  const frames = Math.max(1, Math.round((seconds * 1000) / FRAME_MS));
  const text = Buffer.concat([Buffer.from([3]), Buffer.from(title, 'utf8')]);
  const frame = Buffer.concat([Buffer.from('TIT2'), syncsafe(text.length), Buffer.alloc(2), text]);
  const tag = Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 4, 0, 0]), syncsafe(frame.length), frame]);
  return { bytes: Buffer.concat([tag, ...Array<Buffer>(frames).fill(FRAME)]), durationMs: frames * FRAME_MS };
}

/** Seven bits a byte, so that a length never looks like the start of sound. */
function syncsafe(n: number): Buffer {
  return Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
}
