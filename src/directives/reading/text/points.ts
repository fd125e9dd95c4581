import type { Block } from './blocks.js';
import type { Passage } from './passage.js';

export interface Outline {
  points: Point[];
  /** Paragraphs that speak to all: before the points, after them, and sections that assign nothing. */
  general: Passage[];
  /** Paragraphs before the first point: who is spoken to when a point names nobody. */
  intro: Passage[];
  numbered: boolean;
}

/** One point that orders something. */
export interface Point {
  n: number;
  blocks: Block[];
  /** It stands in a section that assigns nothing ("Hình thức tuyên truyền"). */
  optional: boolean;
}
