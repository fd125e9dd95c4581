import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The command under test; another build of it may be named. */
export const entryOfLoa = process.env['LOA_TEST_ENTRY'] ?? join(root, 'bin/loa.mjs');

export interface Place {
  /** Data and media are below it. */
  dir: string;
  env?: Record<string, string>;
  /** The program and arguments to start instead of `loa serve`; it prints the same lines when it listens. */
  command?: string[];
}

export interface CommandResult {
  code: number | null;
  out: string;
  err: string;
}

/**
 * Settings under which a process of the command works on this place; none of the caller's own LOA_ settings is passed
 * on.
 */
export function settingsOf({ dir, env }: Place): Record<string, string | undefined> {
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('LOA_'));
  return {
    ...Object.fromEntries(outside),
    LOA_DATA_DIR: join(dir, 'data'),
    LOA_MEDIA_DIR: join(dir, 'media'),
    LOA_PORT: '0',
    LOA_LOG_LEVEL: 'warn',
    LOA_RESERVE_MB: '0',
    ...env,
  };
}

/** Runs `loa …` as a person does, to its end. */
export function runLoa(place: Place, args: string[], input = ''): Promise<CommandResult> {
  const child = spawn(process.execPath, [entryOfLoa, ...args], { env: settingsOf(place), stdio: 'pipe' });
  const result = { code: null as number | null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.err += text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...result, code }));
  });
}

/** `loa serve` in a process of its own, which can be killed. */
export class ServeProcess {
  private static readonly running = new Set<ServeProcess>();
  private log = '';
  private known: string | undefined;
  private over = false;
  private readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    readonly place: Place,
  ) {
    for (const pipe of [child.stdout, child.stderr]) {
      pipe?.setEncoding('utf8').on('data', (text: string) => (this.log = (this.log + text).slice(-20_000)));
    }
    ServeProcess.running.add(this);
    this.ended = new Promise((resolve) =>
      child.on('close', () => {
        ServeProcess.running.delete(this);
        this.over = true;
        resolve();
      }),
    );
  }

  /** Resolves when it listens; rejects with all its output when it ends before. */
  static async start(place: Place): Promise<ServeProcess> {
    const [program = '', ...args] = place.command ?? [process.execPath, entryOfLoa, 'serve'];
    const child = spawn(program, args, {
      env: settingsOf(place),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ServeProcess(child, place);
    await until(() => server.over || server.address !== undefined, 60_000, 'serve does not listen');
    if (server.over) throw new Error(`serve ended: ${server.said}`);
    return server;
  }

  /** For afterAll: ends the processes that a failed test has left. */
  static async killAll(): Promise<void> {
    await Promise.all([...ServeProcess.running].map((one) => one.kill()));
  }

  get url(): string {
    if (!this.address) throw new Error('serve does not listen');
    return this.address;
  }

  get isOver(): boolean {
    return this.over;
  }

  get exitCode(): number | null {
    return this.child.exitCode;
  }

  /** Both streams, the last 20 kB. */
  get said(): string {
    return this.log;
  }

  /** As a power cut does it: without a shutdown. Returns its child processes that were alive at that moment. */
  async kill(): Promise<number[]> {
    // Stopped first, so that it starts nothing between the listing and the end.
    this.signal('SIGSTOP');
    const children = descendants(this.child.pid ?? 0);
    this.signal('SIGKILL');
    await this.ended;
    return children;
  }

  /** As an operator or the service manager does it. Throws when it does not end as requested. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    await this.ended;
    if (this.child.signalCode !== 'SIGTERM' && this.child.exitCode !== 0) throw new Error(`serve broke: ${this.said}`);
  }

  /** Freezes the process, as a suspended machine is frozen. */
  pause(): void {
    this.signal('SIGSTOP');
  }

  resume(): void {
    this.signal('SIGCONT');
  }

  /** Printed once, and stored: the first lines of the log are dropped when it becomes long. */
  private get address(): string | undefined {
    return (this.known ??= /Loa đang chạy tại (http:\/\/\S+)/.exec(this.log)?.[1]);
  }

  private signal(name: NodeJS.Signals): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(name);
  }
}

/** Polls every 50 ms, or at the given interval. Throws `what` when `ms` have passed. */
export async function until(
  question: () => boolean | Promise<boolean>,
  ms: number,
  what: string,
  everyMs = 50,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await question())) {
    if (performance.now() > end) throw new Error(`${what} (waited ${ms} ms)`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** False for a dead process and for one of which only the table entry is left. */
export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z';
}

function descendants(pid: number): number[] {
  const parents = processes();
  const found = [pid];
  for (const one of found) found.push(...parents.filter(({ parent }) => parent === one).map((child) => child.pid));
  return found.slice(1);
}

function processes(): { pid: number; parent: number }[] {
  if (!existsSync('/proc/self/stat')) throw new Error('this journey reads /proc: run it on Linux');
  return readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    return stat ? [{ pid: Number(name), parent: stat.parent }] : [];
  });
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    // "pid (name) state parent …"; the name may contain brackets and spaces.
    const [state = '', parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
