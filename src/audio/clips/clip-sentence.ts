/** The voice that read one sentence of a clip, and the voices before it that failed. */
export interface ClipSentence {
  text: string;
  engine: string;
  voice: string;
  seconds: number;
  fellBackFrom?: { engine: string; reason: string }[];
}
