import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { VoiceError } from './voice.port.js';

/** How a pool starts its child processes. */
export interface PoolSettings {
  /** Engine name in errors. */
  readonly engine: string;
  /** The script of the child process, and its arguments. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Options for Node itself. */
  readonly nodeOptions?: readonly string[];
  /** The child's entire environment: the text is untrusted and the module needs little. */
  readonly env?: Readonly<Record<string, string>>;
  readonly size: number;
  /** A child ends after being idle for this long. */
  readonly idleMs: number;
}

export interface WorkerRequest {
  readonly text: string;
  readonly voice: string;
  readonly rate: number;
  readonly file: string;
}

interface Waiting {
  resolve(): void;
  reject(error: unknown): void;
}

/** A child process that holds a voice and reads one sentence at a time. It ends by itself when idle or orphaned. */
class Worker {
  readonly child: ChildProcess;
  private waiting: Waiting | undefined;
  private idle: NodeJS.Timeout | undefined;
  private stderr = '';
  private dead = false;

  constructor(
    private readonly settings: PoolSettings,
    private readonly gone: (worker: Worker) => void,
  ) {
    const { script, args = [], nodeOptions = [], env = {} } = settings;
    this.child = spawn(process.execPath, [...nodeOptions, script, ...args], { stdio: 'pipe', env, windowsHide: true });
    this.child.unref();
    for (const pipe of [this.child.stdin, this.child.stdout, this.child.stderr]) (pipe as { unref?(): void }).unref?.();
    this.child.stdin!.on('error', () => undefined);
    this.child
      .stderr!.setEncoding('utf8')
      .on('data', (data: string) => (this.stderr = (this.stderr + data).slice(-500)));
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.answered(line));
    this.child.on('error', (error) => this.ended(error.message));
    this.child.on('close', () => this.ended(this.stderr.trim() || 'the process ended'));
  }

  speak(request: WorkerRequest, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    clearTimeout(this.idle);
    return new Promise((resolve, reject) => {
      const stop = (error: unknown) => {
        this.kill();
        settle(() => reject(error));
      };
      const onAbort = () => stop(signal?.reason);
      const timer = setTimeout(() => stop(new VoiceError(this.settings.engine, 'timeout')), timeoutMs);
      const settle = (done: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.waiting = undefined;
        done();
      };
      this.waiting = { resolve: () => settle(resolve), reject: (error) => settle(() => reject(error)) };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Starts the idle timer. */
  rest(): void {
    this.idle = setTimeout(() => this.kill(), this.settings.idleMs);
    this.idle.unref();
  }

  kill(): void {
    clearTimeout(this.idle);
    this.dead = true;
    this.child.kill('SIGKILL');
    this.gone(this);
  }

  get alive(): boolean {
    return !this.dead;
  }

  private answered(line: string): void {
    const answer = answerIn(line);
    if (!answer) return;
    if (answer.error === undefined) this.waiting?.resolve();
    else this.waiting?.reject(new VoiceError(this.settings.engine, 'crashed', answer.error.slice(0, 200)));
  }

  private ended(why: string): void {
    this.dead = true;
    this.gone(this);
    this.waiting?.reject(new VoiceError(this.settings.engine, 'crashed', why));
  }
}

/** At most `size` child processes; a request waits for a free one. A child that hung or crashed is replaced. */
export class VoicePool {
  private readonly free: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly queue: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly settings: PoolSettings) {}

  async speak(request: WorkerRequest, timeoutMs: number, signal?: AbortSignal): Promise<void> {
    if (this.busy >= this.settings.size) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.busy++;
    try {
      signal?.throwIfAborted();
      await this.speakWith(this.free.pop() ?? this.start(), request, timeoutMs, signal);
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.busy--;
    }
  }

  private async speakWith(worker: Worker, request: WorkerRequest, timeoutMs: number, signal?: AbortSignal) {
    try {
      await worker.speak(request, timeoutMs, signal);
    } catch (error) {
      // A child that failed is not reused; a fresh one costs a tenth of a second.
      worker.kill();
      throw error;
    }
    if (!worker.alive) return;
    this.free.push(worker);
    worker.rest();
  }

  close(): void {
    for (const worker of [...this.all]) worker.kill();
  }

  private start(): Worker {
    const worker = new Worker(this.settings, (ended) => {
      this.all.delete(ended);
      const at = this.free.indexOf(ended);
      if (at >= 0) this.free.splice(at, 1);
    });
    this.all.add(worker);
    return worker;
  }
}

/** A library may print lines of its own, which are not answers. */
function answerIn(line: string): { error?: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as { error?: string };
  } catch {
    return undefined;
  }
}
