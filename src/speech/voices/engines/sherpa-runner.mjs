/**
 * Runs in a child process: sherpa-onnx with one model. Arguments: the module's file, the model, its tokens, its
 * espeak-ng-data. One request per line on standard input, {"text","voice","rate","file"}; one answer per line on
 * standard output, {} or {"error"}. Plain JavaScript, so that the same file works in src/ and in dist/.
 */
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [script, model, tokens, dataDir] = process.argv.slice(2);
/** Words per minute of the models at their default speed. */
const USUAL_RATE = 160;
let tts;

async function load() {
  const loaded = await import(pathToFileURL(script).href);
  const { OfflineTts } = loaded.default ?? loaded;
  const vits = { model, tokens, dataDir };
  return new OfflineTts({ model: { vits, numThreads: 2, provider: 'cpu', debug: false }, maxNumSentences: 1 });
}

function wav(samples, rate) {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (let i = 0; i < samples.length; i++) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, samples[i])) * 32767), 44 + i * 2);
  }
  return bytes;
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { text, voice, rate, file } = JSON.parse(line);
    tts ??= await load();
    const { samples, sampleRate } = tts.generate({ text, sid: Number(voice), speed: rate / USUAL_RATE });
    writeFileSync(file, wav(samples, sampleRate));
    process.stdout.write('{}\n');
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: String(error?.message ?? error) })}\n`);
  }
}
process.exit(0);
