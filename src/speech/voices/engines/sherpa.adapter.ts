import { readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sentence } from '../../../shared/domain-error.js';
import { respelling } from './respell.js';
import { VoiceError, type SpeakRequest, type VoiceEngine } from './voice.port.js';
import { VoicePool } from './voice-pool.js';

const runner = fileURLToPath(new URL('./sherpa-runner.mjs', import.meta.url));
const PACKAGE = 'sherpa-onnx-node';

/** The files of a piper voice, absolute paths. */
export interface SherpaFolder {
  readonly model: string;
  readonly tokens: string;
  readonly dataDir: string;
}

/** The files in `folder`, or a sentence about what is wrong with it. */
export function lookIntoSherpaFolder(folder: string): SherpaFolder | Sentence {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return {
      vi: `không mở được thư mục ${folder} (LOA_SHERPA_DIR)`,
      en: `cannot open the folder ${folder} (LOA_SHERPA_DIR)`,
    };
  }
  const models = names.filter((name) => name.endsWith('.onnx'));
  const lacks = [
    ...(models.length === 0 ? ['*.onnx'] : []),
    ...(isFile(join(folder, 'tokens.txt')) ? [] : ['tokens.txt']),
    ...(isFolder(join(folder, 'espeak-ng-data')) ? [] : ['espeak-ng-data/']),
  ];
  const needs = 'vits-piper-vi_VN-*';
  if (lacks.length > 0) {
    const list = lacks.join(', ');
    return {
      vi: `thư mục ${folder} thiếu ${list}; cần thư mục giải nén từ một gói ${needs}`,
      en: `the folder ${folder} lacks ${list}; it must be the unpacked folder of a ${needs} package`,
    };
  }
  if (models.length > 1) {
    const list = models.join(', ');
    return {
      vi: `thư mục ${folder} có nhiều giọng (${list}); chỉ để lại một`,
      en: `several voices in ${folder} (${list}); leave one`,
    };
  }
  return {
    model: join(folder, models[0]!),
    tokens: join(folder, 'tokens.txt'),
    dataDir: join(folder, 'espeak-ng-data'),
  };
}

/** Why the voice in `folder` cannot be used; undefined when the package and the folder exist. */
export function whySherpaCannot(folder: string | undefined, module = PACKAGE): Sentence | undefined {
  const found = folder ? lookIntoSherpaFolder(folder) : noFolder;
  if (!('model' in found)) return found;
  try {
    createRequire(import.meta.url).resolve(module);
    return undefined;
  } catch {
    return toInstall;
  }
}

const noFolder: Sentence = { vi: 'chưa đặt LOA_SHERPA_DIR', en: 'LOA_SHERPA_DIR is not set' };
const toInstall: Sentence = {
  vi: `hãy chạy "npm i ${PACKAGE}" trong thư mục của Loa`,
  en: `run "npm i ${PACKAGE}" in Loa's folder`,
};

/**
 * A neural voice that runs on this machine: sherpa-onnx with a model that the administrator supplies. The package is
 * large and is not installed with Loa. It is native code, so it runs in a child process, started with the first
 * sentence.
 */
export class SherpaAdapter implements VoiceEngine {
  readonly name = 'sherpa';
  /** Changes with the model. */
  readonly edition: string;
  private readonly found: SherpaFolder | Sentence;
  private pool?: VoicePool;

  /** `module`: loaded instead of the package, in tests. */
  constructor(
    folder: string | undefined,
    private readonly module = PACKAGE,
    private readonly timeoutMs = 60_000,
  ) {
    this.found = folder ? lookIntoSherpaFolder(folder) : noFolder;
    this.edition =
      'model' in this.found
        ? `${this.found.model.split(/[\\/]/).at(-1)} ${sizeOf(this.found.model)} ${respelling().edition}`
        : '';
  }

  /** `voice` is the speaker number of the model, '0' for most. */
  async speak({ text, voice, rate, outFile, signal }: SpeakRequest): Promise<void> {
    signal?.throwIfAborted();
    if (!('model' in this.found)) throw new VoiceError(this.name, 'missing', this.found);
    if (!/^\d{1,4}$/.test(voice)) throw new VoiceError(this.name, 'refused', voice);
    this.pool ??= this.open(this.found);
    try {
      await this.pool.speak({ text: respelling().respell(text), voice, rate, file: outFile }, this.timeoutMs, signal);
    } catch (error) {
      await rm(outFile, { force: true });
      throw error;
    }
  }

  close(): void {
    this.pool?.close();
  }

  private open({ model, tokens, dataDir }: SherpaFolder): VoicePool {
    const { script, env } = this.locate();
    // Loading a model takes seconds and a hundred megabytes, so one child is kept warm for a while.
    return new VoicePool({
      engine: this.name,
      script: runner,
      args: [script, model, tokens, dataDir],
      env,
      size: 1,
      idleMs: 60_000,
    });
  }

  private locate(): { script: string; env: Record<string, string> } {
    const require = createRequire(import.meta.url);
    try {
      const script = require.resolve(this.module);
      return { script, env: libraryPath(require) };
    } catch (cause) {
      throw new VoiceError(this.name, 'missing', toInstall, { cause });
    }
  }
}

/** On Linux and macOS the package finds its own libraries only when the loader's search path names them. */
function libraryPath(require: NodeJS.Require): Record<string, string> {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const variable = { darwin: 'DYLD_LIBRARY_PATH', linux: 'LD_LIBRARY_PATH' }[system as string];
  try {
    const folder = dirname(require.resolve(`sherpa-onnx-${system}-${process.arch}/package.json`));
    return variable ? { [variable]: folder } : {};
  } catch {
    return {};
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
