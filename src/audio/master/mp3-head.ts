import { mp3FrameAt } from '../../speech/voices/sound/mp3-frames.js';

/** What a player shows of a clip. */
export interface ClipLabel {
  readonly title: string;
  /** The office that speaks. */
  readonly office: string;
}

/** Text longer than this, UTF-16 units, is cut: small displays show less, and the tag must stay small. */
const MAX_TEXT = 250;
/** The entries of the table of contents; see `infoFrame`. */
const TOC_ENTRIES = 100;

/**
 * The bytes before the audio frames of an mp3: an ID3 tag when the clip has a label, then an Info frame. `first` is the
 * first audio frame; `frames` and `bytes` count what follows the head. Pure, without a date or a version: equal inputs
 * give equal bytes.
 */
export function mp3Head(
  first: Uint8Array,
  { frames, bytes }: { frames: number; bytes: number },
  label?: ClipLabel,
): Buffer {
  const info = infoFrame(first, frames, bytes);
  return label ? Buffer.concat([id3(label), info]) : info;
}

/**
 * A silent frame that states the number of frames and bytes, so that a player knows the length to the millisecond and
 * finds any second; otherwise it estimates both from the bit rate. Every frame of a clip has the same length, so the
 * table of contents is a straight line. The encoder's delay is left out on purpose: it is silence in a clip, and a
 * player that skipped it would play less than the playlist says.
 */
function infoFrame(first: Uint8Array, frames: number, bytes: number): Buffer {
  const [, second = 0, third = 0, fourth = 0] = first;
  // ISO/IEC 11172-3: 32 bytes of side information in MPEG 1, 17 when it is mono.
  const mono = fourth >> 6 === 3;
  const at = 4 + (mono ? 17 : 32);
  // No checksum and no padding.
  const header = Uint8Array.from([0xff, second | 1, third & ~2, fourth]);
  const frame = Buffer.alloc(mp3FrameAt(header, 0)?.bytes ?? 0);
  frame.set(header);
  frame.write('Info', at, 'latin1');
  // The flags: frames, bytes and the table of contents are there.
  frame.writeUInt32BE(7, at + 4);
  frame.writeUInt32BE(frames, at + 8);
  frame.writeUInt32BE(bytes + frame.length, at + 12);
  for (let n = 0; n < TOC_ENTRIES; n++) frame[at + 16 + n] = Math.floor((n * 256) / TOC_ENTRIES);
  return frame;
}

/** ID3v2.3, which also the players of old Windows machines read, as UTF-16 with byte order mark. */
function id3({ title, office }: ClipLabel): Buffer {
  const body = Buffer.concat([textFrame('TIT2', title), textFrame('TPE1', office)]);
  const head = Buffer.from('ID3\u0003\u0000\u0000', 'latin1');
  const size = Buffer.from([21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f));
  return Buffer.concat([head, size, body]);
}

function textFrame(name: string, text: string): Buffer {
  const line = text
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT)
    // The cut may leave half a character.
    .replace(/\p{Cs}$/u, '');
  const body = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(line, 'utf16le')]);
  const head = Buffer.alloc(10);
  head.write(name, 'latin1');
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, body]);
}
