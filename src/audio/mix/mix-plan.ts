import { PARAGRAPH_GAP_SECONDS, SENTENCE_GAP_SECONDS } from '../../speech/voices/sentences.js';

/** Sample rate of everything between the voices and the encoder: twice espeak's, and supported by every mp3 player. */
export const MIX_RATE = 44_100;
/** Samples in one mp3 frame at that rate. */
export const MP3_FRAME = 1_152;

export const LEAD_IN_SECONDS = 1;
export const CHIME_GAP_SECONDS = 0.5;

/** Spoken between the first and the second reading, in the voice of the clip. */
export const REPEAT_NOTICE = 'Xin nhắc lại.';

/** Silence at the end of a segment, samples: long enough to flush filters, limiter and encoder. */
const TAIL = 8_192;
/**
 * One sentence in three ends a segment, chosen by its mark. A segment longer than this, seconds, ends at the next
 * sentence.
 */
const MARKS = 3;
const LONGEST = 45;

export type Chime = 'opening' | 'closing';

/** Lengths in samples at MIX_RATE. */
export type MixPiece =
  | { readonly kind: 'silence'; readonly frames: number }
  | { readonly kind: 'chime'; readonly chime: Chime; readonly frames: number }
  | { readonly kind: 'sentence'; readonly index: number; readonly frames: number };

/** A stretch that can be mastered and encoded on its own: it begins and ends in silence and fills whole mp3 frames. */
export interface MixSegment {
  readonly pieces: readonly MixPiece[];
  readonly frames: number;
}

export interface MixInput {
  /** In reading order, once. `mark`: any number that depends on the words alone. */
  readonly sentences: readonly { readonly frames: number; readonly paragraph: number; readonly mark: number }[];
  /** Length of each chime; undefined: none. */
  readonly chimes: Readonly<Partial<Record<Chime, number>>>;
  /**
   * The announcement of the repetition, when everything is read twice; `index` is where the caller stores its sound.
   */
  readonly repeat?: { readonly frames: number; readonly index: number };
}

export interface MixPlan {
  readonly segments: readonly MixSegment[];
  readonly frames: number;
  readonly seconds: number;
}

export function framesOf(seconds: number): number {
  return Math.round(seconds * MIX_RATE);
}

/**
 * Silence, opening chime, sentences with gaps, everything once more when asked, closing chime, silence of a gap.
 * Sentences keep their order and no two of them touch. The cuts between segments are in the gaps and depend on the
 * words around them, not on the time: changing one sentence changes only its own segment.
 */
export function planMix({ sentences, chimes, repeat }: MixInput): MixPlan {
  const cutter = new Cutter();
  cutter.silence(LEAD_IN_SECONDS);
  if (chimes.opening !== undefined) {
    cutter.sound({ kind: 'chime', chime: 'opening', frames: chimes.opening });
    cutter.cutIn(CHIME_GAP_SECONDS);
  }
  readOnce(cutter, sentences);
  if (repeat) {
    cutter.cutIn(PARAGRAPH_GAP_SECONDS);
    cutter.sound({ kind: 'sentence', index: repeat.index, frames: repeat.frames });
    cutter.cutIn(PARAGRAPH_GAP_SECONDS);
    readOnce(cutter, sentences);
  }
  if (chimes.closing !== undefined) {
    cutter.cutIn(CHIME_GAP_SECONDS);
    cutter.sound({ kind: 'chime', chime: 'closing', frames: chimes.closing });
  }
  // Amplifiers and players cut off the very end, so end in silence.
  const segments = cutter.end(SENTENCE_GAP_SECONDS);
  const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
  return { segments, frames, seconds: frames / MIX_RATE };
}

function readOnce(cutter: Cutter, sentences: MixInput['sentences']): void {
  sentences.forEach(({ frames, paragraph }, index) => {
    const before = sentences[index - 1];
    if (before) {
      const gap = before.paragraph === paragraph ? SENTENCE_GAP_SECONDS : PARAGRAPH_GAP_SECONDS;
      if (before.mark % MARKS === 0 || cutter.seconds >= LONGEST) cutter.cutIn(gap);
      else cutter.silence(gap);
    }
    cutter.sound({ kind: 'sentence', index, frames });
  });
}

/** Collects pieces into segments. */
class Cutter {
  private readonly segments: MixSegment[] = [];
  private pieces: MixPiece[] = [];
  private frames = 0;

  /** Length of the current segment. */
  get seconds(): number {
    return this.frames / MIX_RATE;
  }

  sound(piece: MixPiece): void {
    this.pieces.push(piece);
    this.frames += piece.frames;
  }

  silence(seconds: number): void {
    this.sound({ kind: 'silence', frames: framesOf(seconds) });
  }

  /** Adds a silence of `seconds` and ends the segment in it; at most one mp3 frame longer. */
  cutIn(seconds: number): void {
    const gap = framesOf(seconds);
    this.close(TAIL);
    this.sound({ kind: 'silence', frames: gap - TAIL });
  }

  end(seconds: number): MixSegment[] {
    this.close(framesOf(seconds));
    return this.segments;
  }

  private close(tail: number): void {
    const whole = Math.ceil((this.frames + tail) / MP3_FRAME) * MP3_FRAME;
    this.sound({ kind: 'silence', frames: whole - this.frames });
    this.segments.push({ pieces: this.pieces, frames: this.frames });
    this.pieces = [];
    this.frames = 0;
  }
}
