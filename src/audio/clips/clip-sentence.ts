/** Who read one sentence of a clip, and which voices before it could not. */
export interface ClipSentence {
  text: string;
  engine: string;
  voice: string;
  seconds: number;
  fellBackFrom?: { engine: string; reason: string }[];
}
