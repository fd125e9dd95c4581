import { join } from 'node:path';
import { Config } from '../config/config.js';
import { print, printJson } from './output.js';
import { runDemo } from './demo-flow.js';
import { demoTable } from './demo/demo-table.js';
import { DemoProgress } from './demo/demo-progress.js';

export async function demoCommand(options: { directive?: string; json?: boolean }): Promise<void> {
  const letter = options.directive ?? join(new Config().contentDir, 'letters', 'sample-letter.txt');
  const result = await runDemo(letter, new DemoProgress(options.json ?? false));
  if (options.json) await printJson(result);
  else await print(demoTable(result));
}
