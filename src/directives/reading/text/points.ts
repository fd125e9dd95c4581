import type { Block } from './blocks.js';
import type { Passage } from './passage.js';

export interface Outline {
  points: Point[];
  /** Paragraphs that address all units: before the points, after them, and sections that assign nothing. */
  general: Passage[];
  /** Paragraphs before the first point; they name the units for points that name none. */
  intro: Passage[];
  numbered: boolean;
}

/** One point that orders something. */
export interface Point {
  n: number;
  blocks: Block[];
  /** It is in a section that assigns nothing ("Hình thức tuyên truyền"). */
  optional: boolean;
}
