import { once } from 'node:events';

/** Writes to standard output and waits for a slow reader, so that no output is lost when the process ends. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

export async function printJson(value: unknown): Promise<void> {
  await print(`${JSON.stringify(value, null, 2)}\n`);
}

/** Progress and remarks go to standard error: standard output contains only the result. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}
