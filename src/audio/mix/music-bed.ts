/** Music under speech, composed by the project: a loop of soft chords, the same samples on every machine. */

/** Part of the hash of every clip with a bed: increase it when the music or the mix changes. */
export const BED_EDITION = 1;
/** Level without speech, dBFS: 7 below speech at its working level. */
export const BED_LEVEL = -30;

/** C, A minor, F and G in open position, Hz. */
const chords = [
  [130.81, 196.0, 261.63, 329.63],
  [110.0, 164.81, 220.0, 261.63],
  [87.31, 174.61, 220.0, 349.23],
  [98.0, 196.0, 246.94, 293.66],
];
const CHORD_SECONDS = 6;
/** Attack and release of a chord; the next chord starts during the release. */
const SWELL_SECONDS = 2;
const partials = [
  { ratio: 1, strength: 1 },
  { ratio: 2, strength: 0.28 },
  { ratio: 3, strength: 0.09 },
];
const { cos, sin, sqrt, PI } = Math;

/** One loop of the music at `rate` samples a second; its end crosses into its beginning. */
export function synthesiseBed(rate: number): Float32Array {
  const chordFrames = CHORD_SECONDS * rate;
  const swell = SWELL_SECONDS * rate;
  const round = new Float32Array(chords.length * chordFrames);
  chords.forEach((chord, n) => {
    const start = n * chordFrames;
    chord.forEach((hertz, voice) => {
      for (const { ratio, strength } of partials) {
        const turn = (2 * PI * hertz * ratio) / rate;
        for (let i = 0; i < chordFrames + swell; i++) {
          const into = i < swell ? i / swell : i > chordFrames ? 1 - (i - chordFrames) / swell : 1;
          const envelope = 0.5 - 0.5 * cos(PI * into);
          const at = (start + i) % round.length;
          round[at] = round[at]! + (strength / (1 + voice)) * envelope * sin(turn * i);
        }
      }
    });
  });
  let energy = 0;
  for (const value of round) energy += value * value;
  const gain = 10 ** (BED_LEVEL / 20) / sqrt(energy / round.length);
  return round.map((value) => value * gain);
}
