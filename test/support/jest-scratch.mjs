import { rmSync } from 'node:fs';
import { scratchFolder } from './scratch.mjs';

/** Before the first test of a run: its workers inherit the folder. */
export default function begin() {
  const folder = scratchFolder();
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
