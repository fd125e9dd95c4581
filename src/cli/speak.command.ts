import { speakLines } from '../speech/reading/speak-lines.js';

export async function speakCommand(): Promise<void> {
  await speakLines(process.stdin, process.stdout);
}
