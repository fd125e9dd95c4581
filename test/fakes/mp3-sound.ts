import { estimateSeconds } from '../../src/speech/voices/sentences.js';

// One frame each of MPEG-2 layer III, 24 kHz mono 32 kbit/s without bit reservoir: six whole periods of 250 Hz, so that it
// can be repeated without a seam; and one of silence.
export const hum = Buffer.from(
  `//NExAAMEu4UAL1KRPhHqmBg8B4RJgMlvhY7/xn/wof/436fR//G//T/41////C//o3/q3/jR3///jAz5NMQU1FMy4xMD${'A'.repeat(35)}`,
  'base64',
);
const silence = Buffer.from(`//NExAAAAANIAAAAAExBTUUzLjEwM${'A'.repeat(99)}`, 'base64');
const FRAME_SECONDS = 576 / 24_000;

/** A hum as long as `text` takes to read. */
export function humFor(text: string): Buffer {
  return repeated(hum, text);
}

export function silenceFor(text: string): Buffer {
  return repeated(silence, text);
}

function repeated(frame: Buffer, text: string): Buffer {
  return Buffer.concat(Array<Buffer>(Math.ceil(estimateSeconds(text) / FRAME_SECONDS)).fill(frame));
}
