import fc from 'fast-check';
import { shapeOfMp3 } from './mp3-frames.js';
import { activeDbfs, activeShare, longestPause, peaksOf, rmsDbfs, trimSilence } from './sound.js';
import { BadWav, encodeWav, parseWav, wavSeconds, wavHeader, type Pcm } from './wav.js';

const RATE = 8_000;

/** Pieces of a 400 Hz tone (`level` from 0 to 1) or of silence. */
function sound(...pieces: [seconds: number, level: number][]): Pcm {
  const samples = pieces.flatMap(([seconds, level]) =>
    Array.from({ length: seconds * RATE }, (_, i) =>
      Math.round(32_000 * level * Math.sin((2 * Math.PI * 400 * i) / RATE)),
    ),
  );
  return { rate: RATE, samples: Int16Array.from(samples) };
}

describe('WAV files', () => {
  const samples = fc
    .array(fc.integer({ min: -32768, max: 32767 }), { maxLength: 300 })
    .map((all) => Int16Array.from(all));

  it('what is written is read', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 4_000, max: 96_000 }), fc.boolean(), (values, rate, digest) => {
        expect(parseWav(encodeWav({ rate, samples: values }, { digest }))).toEqual({ rate, samples: values });
      }),
    );
  });

  it('one flipped bit of the sound is noticed when there is a digest', () => {
    fc.assert(
      fc.property(
        samples.filter((all) => all.length > 0),
        fc.nat(),
        fc.nat(7),
        (values, at, bit) => {
          const bytes = encodeWav({ rate: RATE, samples: values }, { digest: true });
          bytes[44 + (at % (values.length * 2))]! ^= 1 << bit;
          expect(() => parseWav(bytes)).toThrow('digest');
        },
      ),
    );
  });

  it('a file cut off anywhere in its sound is refused', () => {
    const bytes = encodeWav(sound([0.1, 0.5]));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => parseWav(bytes.subarray(0, length))).toThrow(BadWav);
      }),
    );
  });

  it('takes the length of a pipe as "to the end", and averages channels', () => {
    const header = wavHeader(0, RATE);
    header.writeUInt32LE(0xffffffff, 40);
    header.writeUInt16LE(2, 22);
    const data = Buffer.from(Int16Array.from([100, 300, -50, -150]).buffer);
    expect([...parseWav(Buffer.concat([header, data])).samples]).toEqual([200, -100]);
  });

  it('refuses pages and other formats', () => {
    const float = wavHeader(4, RATE);
    float.writeUInt16LE(3, 20);
    expect(() => parseWav(Buffer.from('<html>'))).toThrow('not a WAV');
    expect(() => parseWav(Buffer.concat([float, Buffer.alloc(8)]))).toThrow('16-bit PCM');
  });
});

describe('looking at sound', () => {
  it('measures level, active level and share', () => {
    const half = sound([1, 0.5], [1, 0]);
    const tone = 20 * Math.log10((32_000 * 0.5) / 32_768) - 3.01;
    expect(activeDbfs(half)).toBeCloseTo(tone, 1);
    expect(rmsDbfs(half)).toBeCloseTo(tone - 3.01, 1);
    expect(activeShare(half)).toBeCloseTo(0.5, 1);
    expect(activeDbfs(sound([1, 0]))).toBe(-Infinity);
  });

  it('cuts silence from both ends and keeps the pauses inside', () => {
    const trimmed = trimSilence(sound([0.5, 0], [0.3, 0.5], [0.4, 0], [0.3, 0.5], [0.7, 0]));
    expect(wavSeconds(trimmed)).toBeCloseTo(1.04, 1);
    expect(longestPause(trimmed)).toBeCloseTo(0.4, 1);
    expect(trimSilence(sound([1, 0])).samples.length).toBe(0);
  });

  it('does not count silence at the ends as a pause', () => {
    expect(longestPause(sound([4, 0], [0.2, 0.5], [1, 0], [0.2, 0.5], [4, 0]))).toBeCloseTo(1, 1);
    expect(longestPause(sound([4, 0]))).toBe(0);
  });

  it('draws a waveform of the wanted number of points', () => {
    const peaks = peaksOf(sound([1, 0.25], [1, 0.5], [2, 0]), 4);
    expect(peaks.map((peak) => Math.round(peak * 100))).toEqual([24, 49, 0, 0]);
    expect(peaksOf(sound([1, 0.3]))).toHaveLength(800);
    expect(peaksOf({ rate: RATE, samples: new Int16Array(3) })).toEqual([0, 0, 0]);
  });
});

describe('the shape of an mp3', () => {
  // MPEG-1 layer III, 128 kbit/s, 44.1 kHz, no padding: 417 bytes, 1,152 samples.
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc4]), Buffer.alloc(413)]);

  it('counts frames and time', () => {
    const { frames, seconds, whole } = shapeOfMp3(Buffer.concat([frame, frame, frame]));
    expect([frames, whole]).toEqual([3, true]);
    expect(seconds).toBeCloseTo((3 * 1152) / 44_100, 6);
  });

  it('passes over tags at both ends', () => {
    const head = Buffer.concat([Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x14', 'latin1'), Buffer.alloc(20)]);
    const tail = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]);
    expect(shapeOfMp3(Buffer.concat([head, frame, tail]))).toMatchObject({ frames: 1, whole: true });
  });

  it('sees half a frame, a page, and nothing', () => {
    expect(shapeOfMp3(Buffer.concat([frame, frame.subarray(0, 300)]))).toMatchObject({ frames: 1, whole: false });
    expect(shapeOfMp3(Buffer.from('<html>sorry</html>'))).toMatchObject({ frames: 0, whole: false });
    expect(shapeOfMp3(new Uint8Array())).toMatchObject({ frames: 0, whole: false });
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(shapeOfMp3(bytes).frames).toBeLessThanOrEqual(bytes.length / 24);
      }),
    );
  });
});
