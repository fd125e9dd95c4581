import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeFptTts, type FptManner } from '../../test/fakes/fpt-tts.server.js';
import { Config } from '../config/config.js';
import { FixedClock } from '../shared/clock.js';
import { FptAdapter } from '../speech/voices/engines/fpt.adapter.js';
import { SentenceCache } from '../speech/voices/sentence-cache.js';
import { VoiceChain } from '../speech/voices/voice-chain.js';
import { FakeVoice } from '../speech/voices/engines/voice.fake.js';
import { FfmpegAdapter } from './ffmpeg/ffmpeg.adapter.js';
import { locateTools } from './ffmpeg/ffmpeg-copies.js';

const { ffmpeg } = await locateTools(new Config().tools);
const KEY = 'khoa-bi-mat-cua-trung-tam';

describe('FPT.AI’s voice, with another behind it', () => {
  const server = new FakeFptTts();
  let folder: string;
  let clock: FixedClock;
  let spare: FakeVoice;

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.reset();
    clock = new FixedClock(0);
    spare = new FakeVoice('spare');
    folder = await mkdtemp(join(tmpdir(), 'loa-fpt-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function read(sentences: string[], { key = KEY, voice = 'banmai', rate = 160 } = {}) {
    const decoder = new FfmpegAdapter(ffmpeg);
    const fpt = new FptAdapter({ url: server.url, key, decoder, clock, limits: { timeoutMs: 400 } });
    const links = [
      { engine: fpt, voice },
      { engine: spare, voice: 'vi' },
    ];
    const chain = new VoiceChain(links, new SentenceCache(join(folder, 'cache')));
    return chain.read([sentences], { rate, workDir: folder });
  }
  const sentence = 'Kính mời bà con đến nhà văn hóa tối nay.';

  it('orders once, asks until the file is there, and sends the key to the service alone', async () => {
    const [said] = await read([sentence], { rate: 200 });
    expect(said).toMatchObject({ engine: 'fpt', voice: 'banmai', fellBackFrom: [] });
    expect(server.ledger).toEqual([
      { key: KEY, voice: 'banmai', speed: '2', text: sentence, polls: 3, keySent: false },
    ]);
    expect(clock.now()).toBe(1_000 + 2_000);
    await read([sentence], { rate: 200 });
    expect(server.ledger).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['cache']);
  });

  it('waits up to two minutes, and as long when the store says 403 before the file is there', async () => {
    server.manner = () => 'forbidden-first';
    server.polls = 12;
    expect((await read([sentence]))[0]).toMatchObject({ engine: 'fpt' });
    expect(clock.now()).toBeGreaterThan(60_000);
  });

  it('waits out an overload', async () => {
    server.manner = (_text, nth) => (nth === 0 ? 'busy' : 'sound');
    expect((await read([sentence]))[0]).toMatchObject({ engine: 'fpt' });
    expect(server.ledger).toHaveLength(2);
  });

  it.each<[FptManner, string]>([
    ['never', 'busy'],
    ['broken', 'busy'],
    ['bad-key', 'refused'],
    ['error', 'refused'],
    ['page', 'not-audio'],
    ['huge', 'too-large'],
    ['hang', 'timeout'],
    ['reset', 'network'],
    ['foreign', 'refused'],
    ['file', 'refused'],
    ['none', 'refused'],
    ['moved', 'refused'],
    ['cut-off', 'network'],
    ['page-as-sound', 'not-audio'],
    ['silence', 'silent'],
  ])('%s: the next voice reads, the reason is %s, and the key is nowhere in it', async (manner, reason) => {
    server.manner = () => manner;
    const [said] = await read([sentence]);
    expect(said).toMatchObject({ engine: 'spare', fellBackFrom: [{ engine: 'fpt', reason }] });
    expect(JSON.stringify(said)).not.toContain(KEY);
    expect(clock.now()).toBeLessThan(180_000);
  });

  it.each([3, 5_000])('a text of %d characters is ordered', async (length) => {
    const text = `${'Mưa lũ về '.repeat(length / 10)}`.padEnd(length - 1, 'a').slice(0, length - 1) + '.';
    const [said] = await read([text]);
    expect([said?.engine, said?.fellBackFrom, server.ledger.map((order) => order.text.length)]).toEqual([
      'fpt',
      [],
      [length],
    ]);
  });

  it.each([
    ['no key', { key: '' }, sentence, 'missing'],
    ['a voice it does not have', { voice: 'vi\r\nx: y' }, sentence, 'refused'],
    ['two characters', {}, 'Ơ.', 'refused'],
    ['5,001 characters', {}, `${'a '.repeat(2_500)}.`, 'refused'],
  ])('%s: it is not asked at all', async (_what, options, text, reason) => {
    const [said] = await read([text], options);
    expect(said).toMatchObject({ engine: 'spare', fellBackFrom: [{ engine: 'fpt', reason }] });
    expect(server.ledger).toEqual([]);
  });
});
