/** Samples in one frame, as the usual encoders choose. */
const BLOCK = 4_608;
const RATE = 44_100;

/**
 * FLAC of stereo silence, 16 bit, 44.1 kHz: a frame says "all samples are 0" in 17 bytes, so that a day is about 14 MB
 * and is written here in a moment. `told`: the length that its header declares, in samples; 0 is "not known".
 */
export function silentFlac(seconds: number, told = Math.round(seconds * RATE)): Buffer {
  const frames = Math.ceil((seconds * RATE) / BLOCK);
  const head = headOf(told);
  const bytes = Buffer.alloc(head.length + frames * 17);
  let at = head.copy(bytes);
  for (let n = 0; n < frames; n++) {
    const from = at;
    // Sync, fixed block size; 4608 samples at 44.1 kHz; two channels of 16 bit.
    at += bytes.write('fff85918', at, 'hex');
    at = writeNumber(bytes, n, at);
    bytes[at] = crc8(bytes, from, at);
    // Two constant subframes of value 0.
    at += 1 + 6;
    bytes.writeUInt16BE(crc16(bytes, from, at), at);
    at += 2;
  }
  return bytes.subarray(0, at);
}

function headOf(samples: number): Buffer {
  const head = Buffer.alloc(42);
  head.write('fLaC', 'latin1');
  // The last block of metadata, STREAMINFO, 34 bytes.
  head.set([0x80, 0, 0, 34], 4);
  head.writeUInt16BE(BLOCK, 8);
  head.writeUInt16BE(BLOCK, 10);
  const shape = (BigInt(RATE) << 44n) | (1n << 41n) | (15n << 36n) | BigInt(samples);
  head.writeBigUInt64BE(shape, 18);
  return head;
}

/** As UTF-8 encodes a code point, which is how a frame encodes its number; surrogates too, so it is done by hand. */
function writeNumber(bytes: Buffer, value: number, at: number): number {
  if (value < 0x80) return bytes.writeUInt8(value, at);
  const more = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
  bytes[at] = ((0xff << (7 - more)) & 0xff) | (value >> (6 * more));
  for (let n = 1; n <= more; n++) bytes[at + n] = 0x80 | ((value >> (6 * (more - n))) & 0x3f);
  return at + more + 1;
}

const tableOf = (polynomial: number, bits: number): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) sum = sum & (1 << (bits - 1)) ? (sum << 1) ^ polynomial : sum << 1;
    return sum & ((1 << bits) - 1);
  });
const table8 = tableOf(0x07, 8);
const table16 = tableOf(0x8005, 16);

function crc8(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum = table8[sum ^ bytes[i]!]!;
  return sum;
}

function crc16(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum = ((sum << 8) & 0xffff) ^ table16[(sum >> 8) ^ bytes[i]!]!;
  return sum;
}
