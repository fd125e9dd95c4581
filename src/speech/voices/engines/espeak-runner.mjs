/**
 * Runs in a child process: espeak-ng compiled to WebAssembly. One request per line on standard input,
 * {"id","text","voice","rate","file"}; one answer per line on standard output, {"id"} or {"id","error"}. The module is
 * compiled once; each sentence gets a fresh instance, because the program ends after one. Plain JavaScript, so that the
 * same file works in src/ and in dist/.
 */
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadModule } from './espeak-module.mjs';

const entry = import.meta.resolve('espeak-ng');
const { default: ESpeakNG } = await import(entry);
const { compiled, start, nameOf } = await loadModule(fileURLToPath(new URL('espeak-ng.wasm', entry)));
const globals = new Set(Object.getOwnPropertyNames(globalThis));

async function speak({ text, voice, rate, file }) {
  const input = Buffer.from(text, 'utf8');
  let at = 0;
  let problem = '';
  const module = {
    arguments: ['-v', nameOf(voice), '-s', String(rate), '-a', '60', '-b', '1', '-w', 'out.wav', '--stdin'],
    stdin: () => (at < input.length ? input[at++] : null),
    print: () => undefined,
    printErr: (line) => (problem += `${line} `),
    quit: () => undefined,
    instantiateWasm(imports, ready) {
      void start(module, imports).then((instance) => ready(instance, compiled));
      return {};
    },
  };
  const program = await ESpeakNG(module);
  let wav;
  try {
    wav = program.FS.readFile('out.wav');
  } catch {
    throw new Error(problem.trim() || 'espeak-ng wrote nothing');
  }
  writeFileSync(file, wav);
}

/**
 * An instance defines getters on the global object, which retain its 32 MB; without them the next collection frees it.
 */
async function forget() {
  for (const name of Object.getOwnPropertyNames(globalThis)) if (!globals.has(name)) delete globalThis[name];
  await setImmediate();
  globalThis.gc?.();
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    await speak(request);
    process.stdout.write(`${JSON.stringify({ id: request.id })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ id: request.id, error: String(error?.message ?? error) })}\n`);
  }
  await forget();
}
process.exit(0);
