import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { Writable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import { DomainError } from '../../shared/domain-error.js';
import type { Tool } from '../../speech/voices/tools/find-tool.js';
import type { SoundDecoder } from '../../speech/voices/engines/voice.port.js';

/**
 * Names of ffmpeg's demuxers. The caller names one; ffmpeg never guesses: a playlist named .mp3 must not be read as a
 * playlist.
 */
export type InputFormat = 'wav' | 'mp3' | 'flac' | 'ogg' | 'mov' | 'matroska';

export interface FfmpegOutput {
  /** Absolute path; undefined when only the report matters (`-f null`). A failed run removes the file. */
  readonly file?: string;
  /** Instead of a file: receives the output as a stream; at most one output of a job. */
  readonly take?: (bytes: Buffer) => void;
  /** Pad of the graph that feeds this output, without brackets. */
  readonly pad: string;
  /** A separate graph: the graphs of one job run in parallel. */
  readonly graph?: string;
  readonly options?: readonly string[];
}

export interface FfmpegJob {
  /**
   * Empty when the graph holds its own sources (sine, anullsrc): ffmpeg 7 and this library refuse lavfi as an input.
   */
  readonly inputs: readonly { readonly file: string; readonly format: InputFormat }[];
  readonly graph?: string;
  readonly outputs: readonly FfmpegOutput[];
  readonly timeoutMs: number;
  /**
   * For untrusted files: the system kills ffmpeg after so many seconds of CPU time, and limits each memory allocation.
   */
  readonly cpuSeconds?: number;
  readonly signal?: AbortSignal;
}

/** The interface to ffmpeg for the rest of Loa. */
export interface Transcoder extends SoundDecoder {
  /** Uses that this copy is not trusted with; see `ffmpeg-copies`. */
  readonly refused: Tool['refused'];
  /** Changes whenever the same sound may be encoded differently. */
  readonly edition: string;
  /** Whether one run works on several files at once, as ffmpeg does from 7.0 on; undefined: it does not. */
  readonly spreads?: boolean;
  /**
   * Runs to the end and returns the report (standard error). The process is dead when this settles, whatever the
   * outcome.
   */
  run(job: FfmpegJob): Promise<string>;
}

/** Accepted audio codecs. */
const CODECS = [
  ...['mp3float', 'mp3', 'aac', 'alac', 'flac', 'vorbis', 'libvorbis', 'opus', 'libopus', 'adpcm_ms', 'adpcm_ima_wav'],
  ...['pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_u8', 'pcm_alaw', 'pcm_mulaw'],
].join(',');
/** Largest single memory allocation for an untrusted file, bytes. */
const MAX_PIECE = 268_435_456;
const quietly = ['-hide_banner', '-nostats', '-nostdin'];

/**
 * The only file that uses fluent-ffmpeg. That library stores the path of ffmpeg globally: one adapter in each process.
 */
export class FfmpegAdapter implements Transcoder {
  constructor(
    private readonly tool: Tool | undefined,
    private readonly decodeTimeoutMs = 30_000,
  ) {}

  get refused(): Tool['refused'] {
    return this.tool?.refused ?? [];
  }

  get edition(): string {
    return this.tool?.version ?? '';
  }

  get spreads(): boolean {
    return parseInt(this.tool?.version ?? '') >= 7;
  }

  /** The library queries ffmpeg's abilities before the first run; doing it early saves the first job the wait. */
  warmUp(): void {
    if (!this.tool) return;
    const command = ffmpeg().setFfmpegPath(this.tool.path);
    command.getAvailableFormats(() => command.getAvailableEncoders(() => undefined));
  }

  async run(job: FfmpegJob): Promise<string> {
    if (!this.tool) throw missing();
    job.signal?.throwIfAborted();
    try {
      return await this.spawn(this.tool.path, job);
    } catch (error) {
      for (const { file } of job.outputs) if (file) await rm(file, { force: true });
      throw error;
    }
  }

  async toWav(input: string, outFile: string, signal?: AbortSignal): Promise<void> {
    await this.run({
      inputs: [{ file: input, format: 'mp3' }],
      graph: '[0:a:0]aformat=sample_fmts=s16:channel_layouts=mono[out]',
      outputs: [{ file: outFile, pad: 'out', options: ['-c:a', 'pcm_s16le', '-f', 'wav'] }],
      timeoutMs: this.decodeTimeoutMs,
      signal,
    });
  }

  private spawn(path: string, job: FfmpegJob): Promise<string> {
    return new Promise((resolve, reject) => {
      const command = ffmpeg({ logger: undefined }).setFfmpegPath(path);
      for (const { file, format } of job.inputs) {
        // ffmpeg itself refuses any other protocol, format or codec that a file asks for; no picture is ever decoded.
        const only = ['-protocol_whitelist', 'file', '-format_whitelist', format, '-codec_whitelist', CODECS];
        command.input(file).inputOptions([...quietly, ...only, '-f', format]);
      }
      if (job.graph !== undefined) command.complexFilter(job.graph);
      let taken: Promise<unknown> = Promise.resolve();
      for (const { file, take, pad, graph, options = [] } of job.outputs) {
        const own = graph === undefined ? [] : ['-filter_complex', graph];
        const map = [...own, '-map', `[${pad}]`, ...options, ...limitsOf(job)];
        const pipe = take && pipeTo(take);
        if (pipe) taken = once(pipe, 'finish');
        taken.catch(() => undefined);
        command.output(pipe ?? file ?? '-').outputOptions(pipe || file ? map : [...map, '-f', 'null']);
      }
      let stopped: { why: unknown } | undefined;
      const stop = (why: unknown) => {
        stopped ??= { why };
        command.kill('SIGKILL');
      };
      const onAbort = () => stop(job.signal?.reason);
      const timer = setTimeout(() => stop(tooSlow(job.timeoutMs)), job.timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        job.signal?.removeEventListener('abort', onAbort);
      };
      job.signal?.addEventListener('abort', onAbort, { once: true });
      command
        // The process starts only after the library has queried ffmpeg for its formats: a stop may come before that.
        .on('start', () => stopped && setImmediate(() => command.kill('SIGKILL')))
        .on('end', (_stdout, stderr) => {
          settle();
          if (stopped) reject(stopped.why as Error);
          else taken.then(() => resolve(stderr ?? ''), reject);
        })
        .on('error', (error, _stdout, stderr) => {
          settle();
          reject(stopped ? (stopped.why as Error) : failed(error, stderr ?? ''));
        })
        .run();
    });
  }
}

function limitsOf({ cpuSeconds }: FfmpegJob): string[] {
  return cpuSeconds === undefined ? [] : ['-timelimit', `${cpuSeconds}`, '-max_alloc', `${MAX_PIECE}`];
}

/** Never closes by itself: the library reports a closed pipe as an error when ffmpeg ends a moment later. */
function pipeTo(take: (bytes: Buffer) => void): Writable {
  return new Writable({
    autoDestroy: false,
    emitClose: false,
    write: (bytes: Buffer, _encoding, done) => {
      take(bytes);
      done();
    },
  });
}

function missing(): DomainError {
  return new DomainError('unavailable', 'no-ffmpeg', {
    vi: 'Máy này chưa có ffmpeg nên chưa làm được bản thu. Cài bằng "apt install ffmpeg" hoặc chạy lại "npm install".',
    en: 'There is no ffmpeg on this machine, so no clip can be made. Run "apt install ffmpeg", or "npm install" again.',
  });
}

function tooSlow(ms: number): DomainError {
  const seconds = Math.round(ms / 1000);
  return new DomainError('unavailable', 'ffmpeg-timeout', {
    vi: `Xử lý âm thanh quá ${seconds} giây nên đã bị dừng. Máy có thể đang bận; hãy thử lại.`,
    en: `Working on the sound took longer than ${seconds} seconds and was stopped. The machine may be busy; try again.`,
  });
}

function failed(cause: Error, stderr: string): DomainError {
  const full = /No space left on device/i.test(stderr);
  const lines = stderr.trim().split('\n').slice(-3).join(' | ').slice(0, 400);
  return new DomainError(
    'unavailable',
    full ? 'media-full' : 'ffmpeg-failed',
    full
      ? { vi: 'Ổ đĩa đã đầy. Hãy giải phóng chỗ rồi thử lại.', en: 'The disk is full. Free some space and try again.' }
      : { vi: `ffmpeg báo lỗi: ${lines}`, en: `ffmpeg failed: ${lines}` },
    { stderr: lines },
    { cause },
  );
}
