import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../config/config.js';
import { claimServing } from '../database/engines/single-instance-lock.js';
import { print, printJson, remark } from './output.js';
import { runDemo } from './demo-flow.js';
import { demoTable } from './demo/demo-table.js';
import { DemoProgress } from './demo/demo-progress.js';

/** Throws `already-served` (409) while a server runs on the demo. */
export async function demoCommand(options: { directive?: string; json?: boolean }): Promise<void> {
  const config = Config.ofDemo();
  const letter = options.directive ?? join(config.contentDir, 'letters', 'sample-letter.txt');
  const result = await runDemo(config, letter, new DemoProgress(options.json ?? false));
  if (options.json) await printJson(result);
  else await print(demoTable(result));
}

/** Removes the demo's folder with everything in it. Throws `already-served` (409) while a server runs on it. */
export async function removeDemoCommand(): Promise<void> {
  const config = Config.ofDemo();
  if (!existsSync(config.dataDir)) return remark('Không có dữ liệu chạy thử nào để xóa.');
  claimServing(config)();
  await rm(config.dataDir, { recursive: true, force: true });
  remark(`Đã xóa dữ liệu chạy thử ở ${config.dataDir}.`);
}
