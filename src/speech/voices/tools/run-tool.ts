import { spawn } from 'node:child_process';

export interface ToolRun {
  readonly args: readonly string[];
  readonly input?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
}

export interface ToolResult {
  /** `timeout` and `aborted`: it was killed. `failed`: it could not be started, or exited with a code other than 0. */
  readonly end: 'ok' | 'timeout' | 'aborted' | 'failed';
  readonly stdout: string;
  /** The last 8 kB of standard error. */
  readonly stderr: string;
}

const KEEP = 8_192;

/**
 * Runs a program to its end: array arguments, no shell, input by standard input. Never rejects; the program has ended
 * when this resolves.
 */
export function runTool(path: string, run: ToolRun): Promise<ToolResult> {
  return new Promise((resolve) => {
    if (run.signal?.aborted) return resolve({ end: 'aborted', stdout: '', stderr: '' });
    const child = spawn(path, run.args, { cwd: run.cwd, stdio: 'pipe', windowsHide: true });
    let stdout = '';
    let stderr = '';
    let killed: 'timeout' | 'aborted' | undefined;
    const stop = (why: 'timeout' | 'aborted') => {
      killed ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = () => stop('aborted');
    const timer = setTimeout(() => stop('timeout'), run.timeoutMs);
    run.signal?.addEventListener('abort', onAbort, { once: true });
    const finish = (end: ToolResult['end']) => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onAbort);
      resolve({ end, stdout, stderr });
    };
    child.stdout.setEncoding('utf8').on('data', (data: string) => (stdout = (stdout + data).slice(0, 1_000_000)));
    child.stderr.setEncoding('utf8').on('data', (data: string) => (stderr = (stderr + data).slice(-KEEP)));
    child.on('error', (error) => {
      stderr ||= error.message;
      finish('failed');
    });
    child.on('close', (code) => finish(killed ?? (code === 0 ? 'ok' : 'failed')));
    // A program that exits without reading its input closes the pipe; its exit code reports the result.
    child.stdin.on('error', () => undefined);
    child.stdin.end(run.input ?? '');
  });
}
