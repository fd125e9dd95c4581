const bitrates: Record<1 | 2, readonly number[]> = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const rates = [44_100, 48_000, 32_000];

export interface Mp3Shape {
  readonly frames: number;
  readonly seconds: number;
  /** False when non-frame bytes come between or after the frames, or the last frame is cut off. */
  readonly whole: boolean;
}

/**
 * Walks the frames of an MPEG layer III file (ISO/IEC 11172-3, 13818-3), past an ID3v2 tag at the start and an ID3v1
 * tag at the end. It decodes nothing: it detects an HTML page or half a file before ffmpeg gets it.
 */
export function shapeOfMp3(bytes: Uint8Array): Mp3Shape {
  let at = id3v2Length(bytes);
  let frames = 0;
  let seconds = 0;
  while (at < bytes.length) {
    const frame = mp3FrameAt(bytes, at);
    if (!frame) return { frames, seconds, whole: frames > 0 && isId3v1(bytes, at) };
    if (at + frame.bytes > bytes.length) return { frames, seconds, whole: false };
    frames++;
    seconds += frame.seconds;
    at += frame.bytes;
  }
  return { frames, seconds, whole: frames > 0 };
}

/** The first `count` frames of a file that begins with one; undefined when there are fewer. */
export function firstFrames(bytes: Uint8Array, count: number): Uint8Array | undefined {
  let at = 0;
  for (let n = 0; n < count; n++) {
    const frame = mp3FrameAt(bytes, at);
    if (!frame) return undefined;
    at += frame.bytes;
  }
  return at <= bytes.length ? bytes.subarray(0, at) : undefined;
}

/** How many frames `bytes` of a constant bit rate hold: frames with and without padding alternate around this mean. */
export function constantRateFrames(first: Uint8Array, bytes: number): number {
  const [, , third = 0] = first;
  const kbps = bitrates[1][third >> 4] ?? 0;
  const rate = rates[(third >> 2) & 3] ?? 0;
  return kbps && rate ? Math.round((bytes * rate) / (144_000 * kbps)) : 0;
}

/** The frame whose header begins at `at`: its length in the file and in time; undefined when there is none. */
export function mp3FrameAt(bytes: Uint8Array, at: number): { bytes: number; seconds: number } | undefined {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  const version = (b >> 3) & 3;
  if (a !== 0xff || (b & 0xe0) !== 0xe0 || version === 1 || ((b >> 1) & 3) !== 1) return undefined;
  const generation = version === 3 ? 1 : 2;
  const kbps = bitrates[generation][c >> 4];
  const full = rates[(c >> 2) & 3];
  if (!kbps || !full) return undefined;
  const rate = version === 3 ? full : version === 2 ? full / 2 : full / 4;
  const samples = generation === 1 ? 1152 : 576;
  return { bytes: Math.floor((samples / 8) * ((kbps * 1000) / rate)) + ((c >> 1) & 1), seconds: samples / rate };
}

function id3v2Length(bytes: Uint8Array): number {
  if (String.fromCharCode(...bytes.subarray(0, 3)) !== 'ID3' || bytes.length < 10) return 0;
  return 10 + [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (bytes[at]! & 0x7f), 0);
}

function isId3v1(bytes: Uint8Array, at: number): boolean {
  return bytes.length - at === 128 && String.fromCharCode(...bytes.subarray(at, at + 3)) === 'TAG';
}
