import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { anySignal } from './any-signal.js';

/** Collects every unreferenced object. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const firing = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason), { once: true }));

describe('one signal of several', () => {
  it('comes with the time-out in it, also when it has been swept for', async () => {
    const fired = firing(anySignal(new AbortController().signal, AbortSignal.timeout(200)));
    const sweeping = setInterval(collect, 20);
    const late = new Promise((resolve) => setTimeout(() => resolve('never'), 3_000).unref());
    expect(await Promise.race([fired, late])).toMatchObject({ name: 'TimeoutError' });
    clearInterval(sweeping);
  });

  it('has the reason of the first, also of one that was aborted before', async () => {
    const one = new AbortController();
    const fired = firing(anySignal(undefined, one.signal, new AbortController().signal));
    one.abort('enough');
    expect(await fired).toBe('enough');
    expect(anySignal(one.signal)).toMatchObject({ aborted: true, reason: 'enough' });
  });
});
