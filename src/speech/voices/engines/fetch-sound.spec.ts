import { FakeGoogleTts, type Manner } from '../../../../test/fakes/google-tts.server.js';
import { FixedClock } from '../../../shared/clock.js';
import { fetchSound, type FetchLimits } from './fetch-sound.js';
import { shapeOfMp3 } from '../sound/mp3-frames.js';

const limits: Partial<FetchLimits> = { timeoutMs: 300, maxBytes: 500_000 };

describe('fetching sound', () => {
  const server = new FakeGoogleTts();
  const clock = new FixedClock(0);
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.reset();
    clock.set(0);
  });

  const get = (signal?: AbortSignal) =>
    fetchSound('google', `${server.url}/translate_tts?q=Xin+ch%C3%A0o&tl=vi`, clock, limits, signal);

  it('gives the bytes', async () => {
    expect(shapeOfMp3(await get())).toMatchObject({ whole: true });
    expect(server.ledger).toMatchObject([{ text: 'Xin chào', lang: 'vi' }]);
  });

  it.each<[Manner, string, number]>([
    ['hang', 'timeout', 1],
    ['drip', 'timeout', 1],
    ['forbidden', 'refused', 1],
    ['moved', 'refused', 1],
    ['page', 'not-audio', 1],
    ['cut-off', 'network', 1],
    ['reset', 'network', 1],
    ['flood', 'too-large', 1],
    ['busy', 'busy', 3],
    ['broken', 'busy', 3],
  ])('%s: %s after %d tries', async (manner, reason, tries) => {
    server.manner = () => manner;
    await expect(get()).rejects.toMatchObject({ name: 'VoiceError', reason });
    expect(server.ledger).toHaveLength(tries);
  });

  it('waits twice as long each time, and as long as the server asks', async () => {
    server.manner = (_text, nth) => (nth < 2 ? 'broken' : 'sound');
    await get();
    expect(clock.now()).toBe(1_000 + 2_000);
    server.reset();
    clock.set(0);
    server.manner = (_text, nth) => (nth < 1 ? 'busy' : 'sound');
    await fetchSound('google', `${server.url}/translate_tts?q=x`, clock, { ...limits, firstWaitMs: 10 });
    expect(clock.now()).toBe(1_000);
  });

  it('nobody there is a network failure', async () => {
    await expect(fetchSound('google', 'http://127.0.0.1:9/x', clock, limits)).rejects.toMatchObject({
      reason: 'network',
    });
  });

  it('stops when told', async () => {
    server.manner = () => 'hang';
    const stop = new AbortController();
    const why = new Error('stopped by the job');
    setTimeout(() => stop.abort(why), 50);
    await expect(get(stop.signal)).rejects.toBe(why);
  });
});
