/** Samples a second of everything between the voices and the encoder: twice espeak's, and what every mp3 player takes. */
export const MIX_RATE = 44_100;

export const LEAD_IN_SECONDS = 1;
export const SENTENCE_GAP_SECONDS = 0.35;
export const PARAGRAPH_GAP_SECONDS = 0.8;
export const CHIME_GAP_SECONDS = 0.5;

/** Read between the first and the second reading, in the voice of the clip. */
export const REPEAT_NOTICE = 'Xin nhắc lại.';

export type Chime = 'opening' | 'closing';

/** Lengths in samples at MIX_RATE. */
export type MixPiece =
  | { readonly kind: 'silence'; readonly frames: number }
  | { readonly kind: 'chime'; readonly chime: Chime; readonly frames: number }
  | { readonly kind: 'sentence'; readonly index: number; readonly frames: number };

export interface MixInput {
  /** In the order in which they are read once. */
  readonly sentences: readonly { readonly frames: number; readonly paragraph: number }[];
  /** Length of each chime; undefined: none. */
  readonly chimes: Readonly<Partial<Record<Chime, number>>>;
  /** The announcement of the repetition, when all is to be read twice; `index` is where the caller keeps its sound. */
  readonly repeat?: { readonly frames: number; readonly index: number };
}

export interface MixPlan {
  readonly pieces: readonly MixPiece[];
  readonly frames: number;
  readonly seconds: number;
}

export function framesOf(seconds: number): number {
  return Math.round(seconds * MIX_RATE);
}

/**
 * Silence, opening chime, sentences with gaps, the whole once more when asked, closing chime, silence of a gap.
 * Sentences keep their order and no two of them touch.
 */
export function planMix({ sentences, chimes, repeat }: MixInput): MixPlan {
  const pieces: MixPiece[] = [silence(LEAD_IN_SECONDS)];
  if (chimes.opening !== undefined) {
    pieces.push({ kind: 'chime', chime: 'opening', frames: chimes.opening }, silence(CHIME_GAP_SECONDS));
  }
  const reading = readOnce(sentences);
  pieces.push(...reading);
  if (repeat) {
    pieces.push(silence(PARAGRAPH_GAP_SECONDS), { kind: 'sentence', index: repeat.index, frames: repeat.frames });
    pieces.push(silence(PARAGRAPH_GAP_SECONDS), ...reading);
  }
  if (chimes.closing !== undefined) {
    pieces.push(silence(CHIME_GAP_SECONDS), { kind: 'chime', chime: 'closing', frames: chimes.closing });
  }
  // Amplifiers and players cut the very end; let it be silence.
  pieces.push(silence(SENTENCE_GAP_SECONDS));
  const frames = pieces.reduce((sum, piece) => sum + piece.frames, 0);
  return { pieces, frames, seconds: frames / MIX_RATE };
}

function readOnce(sentences: MixInput['sentences']): MixPiece[] {
  return sentences.flatMap(({ frames, paragraph }, index): MixPiece[] => {
    const sentence: MixPiece = { kind: 'sentence', index, frames };
    const before = sentences[index - 1];
    if (!before) return [sentence];
    const gap = before.paragraph === paragraph ? SENTENCE_GAP_SECONDS : PARAGRAPH_GAP_SECONDS;
    return [silence(gap), sentence];
  });
}

function silence(seconds: number): MixPiece {
  return { kind: 'silence', frames: framesOf(seconds) };
}
