import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_MARK, FakeGoogleTts, type Manner } from '../../test/fakes/google-tts.server.js';
import { Config } from '../config/config.js';
import { FixedClock } from '../shared/clock.js';
import { GoogleAdapter } from '../speech/voices/engines/google.adapter.js';
import { SentenceCache } from '../speech/voices/sentence-cache.js';
import { estimateSeconds } from '../speech/voices/sentences.js';
import { VoiceChain } from '../speech/voices/voice-chain.js';
import { FakeVoice } from '../speech/voices/engines/voice.fake.js';
import { FfmpegAdapter } from './ffmpeg/ffmpeg.adapter.js';
import { locateTools } from './ffmpeg/ffmpeg-copies.js';

const { ffmpeg } = await locateTools(new Config().tools);

describe('Google’s voice, with another behind it', () => {
  const server = new FakeGoogleTts();
  let folder: string;
  let spare: FakeVoice;
  let chain: VoiceChain;

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.reset();
    folder = await mkdtemp(join(tmpdir(), 'loa-google-'));
    spare = new FakeVoice('spare');
    const google = new GoogleAdapter({
      host: server.url,
      decoder: new FfmpegAdapter(ffmpeg),
      clock: new FixedClock(0),
      limits: { timeoutMs: 400 },
    });
    const links = [google, spare].map((engine) => ({ engine, voice: 'vi' }));
    chain = new VoiceChain(links, new SentenceCache(join(folder, 'cache')));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = (...sentences: string[]) => chain.read([sentences], { rate: 160, workDir: folder });

  it('reads, one request at a time, and leaves no file of its own', async () => {
    const spoken = await read('Kính thưa bà con.', 'Ngày mai có bão.', 'Không ra khơi.');
    expect(spoken.map(({ engine }) => engine)).toEqual(['google', 'google', 'google']);
    expect(server.mostAtOnce).toBe(1);
    expect(server.ledger.map(({ path, lang }) => `${path} ${lang}`)).toEqual(Array(3).fill('/translate_tts vi'));
    expect(await readdir(folder)).toEqual(['cache']);
  });

  it('a long sentence is asked for in pieces and comes back as one sound', async () => {
    const long = `${'Bà con phường Bắc Hà chú ý theo dõi thông tin, '.repeat(9)}xin cảm ơn.`;
    const [spoken] = await read(long);
    expect(spoken).toMatchObject({ engine: 'google' });
    expect(spoken!.seconds / estimateSeconds(long)).toBeCloseTo(1, 0);
    expect(server.ledger.every(({ text }) => text.length <= 190)).toBe(true);
    expect(server.ledger.map(({ text }) => text).join(' ')).toBe(long);
  });

  it.each<[Manner, string, number]>([
    ['hang', 'timeout', 1],
    ['drip', 'timeout', 1],
    ['busy', 'busy', 3],
    ['page', 'not-audio', 1],
    ['page-as-sound', 'not-audio', 1],
    ['empty', 'not-audio', 1],
    ['half-a-frame', 'not-audio', 1],
    ['cut-off', 'network', 1],
    ['silence', 'silent', 1],
    ['too-short', 'wrong-length', 1],
  ])('%s: the next voice reads (%s)', async (manner, reason, asked) => {
    server.manner = () => manner;
    const [spoken] = await read('Kính thưa toàn thể bà con nhân dân.');
    expect(spoken).toMatchObject({ engine: 'spare', fellBackFrom: [{ engine: 'google', reason }] });
    expect(server.ledger).toHaveLength(asked);
  });

  it('an outage costs two sentences’ tries, not one for every sentence', async () => {
    server.manner = () => 'busy';
    const spoken = await read(...'một hai ba bốn năm sáu bảy tám'.split(' ').map((word) => `Câu thứ ${word} của bài.`));
    expect(spoken.every(({ engine }) => engine === 'spare')).toBe(true);
    expect(server.ledger).toHaveLength(6);
    expect(server.mostAtOnce).toBe(1);
  });

  it('never asks for what google-tts-api would evaluate', async () => {
    await read('Một câu.');
    await fetch(`${server.url}/_/TranslateWebserverUi/data/batchexecute`, { method: 'POST' });
    expect(server.ledger.map(({ path }) => path)).toEqual([
      '/translate_tts',
      '/_/TranslateWebserverUi/data/batchexecute',
    ]);
    expect(CODE_MARK in globalThis).toBe(false);
  });
});
