import { createRequire } from 'node:module';
import { findOnPath, isProgram, type Tool } from '../tools/find-tool.js';
import { runTool } from '../tools/run-tool.js';

/** Finds espeak-ng: the configured path first, then PATH, then the WebAssembly of the optional npm package. */
export async function locateEspeak(tools: { espeak?: string; path: string }): Promise<Tool | undefined> {
  const setting = tools.espeak;
  if (setting !== undefined) return (await isProgram(setting)) ? describe(setting, 'setting') : undefined;
  const system = await findOnPath('espeak-ng', tools.path);
  if (system) return describe(system, 'system');
  return bundledEspeak();
}

/** `path` is the package's folder; only the child process that speaks loads it. */
export function bundledEspeak(): Tool | undefined {
  const require = createRequire(import.meta.url);
  try {
    const path = require.resolve('espeak-ng/package.json');
    const { version } = require(path) as { version: string };
    return { name: 'espeak-ng', path, version: `wasm ${version}`, source: 'bundled', refused: [] };
  } catch {
    return undefined;
  }
}

async function describe(path: string, source: 'setting' | 'system'): Promise<Tool> {
  const { stdout } = await runTool(path, { args: ['--version'], timeoutMs: 5_000 });
  // "eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/…"
  const version = /:\s*(\S+)/.exec(stdout)?.[1] ?? '';
  return { name: 'espeak-ng', path, version, source, refused: [] };
}
