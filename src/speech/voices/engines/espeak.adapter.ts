import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Tool } from '../tools/find-tool.js';
import { respelling } from './respell.js';
import { runTool } from '../tools/run-tool.js';
import { VoicePool } from './voice-pool.js';
import { VoiceError, type SpeakRequest, type VoiceEngine } from './voice.port.js';

export const espeakVoices = ['vi', 'vi-vn-x-central', 'vi-vn-x-south'] as const;

const runner = fileURLToPath(new URL('./espeak-runner.mjs', import.meta.url));
/** Keeps one reader at 40 MB: garbage is collected after each sentence. */
const small = {
  nodeOptions: ['--expose-gc', '--single-threaded-gc', '--max-semi-space-size=1'],
  env: { MALLOC_ARENA_MAX: '1' },
};
/** espeak's default amplitude of 100 reaches full scale and clips. The mix levels sentences anyway. */
const AMPLITUDE = 60;

/**
 * espeak-ng: the system's program, one process per sentence, or the WebAssembly of the npm package in warm child
 * processes. The text goes in by standard input, so no text can be an option; markup is off (no -m), so "<" is read as
 * a sign.
 */
export class EspeakAdapter implements VoiceEngine {
  readonly name = 'espeak';
  readonly edition: string;
  private readonly pool = new VoicePool({ engine: 'espeak', script: runner, size: 2, idleMs: 10_000, ...small });
  private readonly timeoutMs: number;

  constructor(
    private readonly tool: Tool | undefined,
    { timeoutMs = 20_000 } = {},
  ) {
    this.edition = tool ? `${tool.version} ${respelling().edition}` : '';
    this.timeoutMs = timeoutMs;
  }

  async speak({ text, voice, rate, outFile, signal }: SpeakRequest): Promise<void> {
    if (!this.tool) throw new VoiceError(this.name, 'missing');
    if (!(espeakVoices as readonly string[]).includes(voice)) throw new VoiceError(this.name, 'refused', voice);
    signal?.throwIfAborted();
    const pace = Math.round(Math.min(450, Math.max(80, rate)));
    const said = plain(respelling().respell(text));
    try {
      if (this.tool.source === 'bundled') {
        await this.pool.speak({ text: said, voice, rate: pace, file: outFile }, this.timeoutMs, signal);
      } else {
        await this.run(this.tool.path, said, voice, pace, outFile, signal);
      }
    } catch (error) {
      await rm(outFile, { force: true });
      throw error;
    }
  }

  close(): void {
    this.pool.close();
  }

  private async run(path: string, text: string, voice: string, rate: number, outFile: string, signal?: AbortSignal) {
    const args = ['-v', voice, '-s', `${rate}`, '-a', `${AMPLITUDE}`, '-b', '1', '-w', outFile, '--stdin'];
    const { end, stderr } = await runTool(path, { args, input: text, timeoutMs: this.timeoutMs, signal });
    if (end === 'aborted') throw signal?.reason;
    if (end === 'timeout') throw new VoiceError(this.name, 'timeout');
    if (end === 'failed') throw new VoiceError(this.name, 'crashed', stderr.trim().slice(0, 200));
  }
}

/** espeak interprets "[[…]]" as phonemes and control characters as commands; this makes both plain text. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\[(?=\[)/g, '[ ');
}
