import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SentenceCache } from './sentence-cache.js';
import { VoiceChain } from './voice-chain.js';
import { FakeVoice } from './engines/voice.fake.js';
import { VoiceError, type SpeakRequest } from './engines/voice.port.js';
import { encodeWav } from './sound/wav.js';

const text = [['Kính thưa bà con phường Bắc Hà.', 'Ngày mai có bão lớn đổ bộ.'], ['Xin cảm ơn bà con đã lắng nghe.']];

describe('the voice chain', () => {
  let folder: string;
  let first: FakeVoice;
  let second: FakeVoice;
  let chain: VoiceChain;
  const read = (paragraphs = text, signal?: AbortSignal) =>
    chain.read(paragraphs, { rate: 160, workDir: folder, signal });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-chain-'));
    first = new FakeVoice('first');
    second = new FakeVoice('second');
    const links = [first, second].map((engine) => ({ engine, voice: 'vi' }));
    chain = new VoiceChain(links, new SentenceCache(join(folder, 'cache')));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('the first voice reads all when it can', async () => {
    const spoken = await read();
    expect(spoken.map(({ paragraph, engine }) => [paragraph, engine])).toEqual([
      [0, 'first'],
      [0, 'first'],
      [1, 'first'],
    ]);
    expect(
      spoken.every(({ fellBackFrom, seconds, level }) => fellBackFrom.length === 0 && seconds > 1 && level > -30),
    ).toBe(true);
    expect(second.spoken).toEqual([]);
    expect(await readdir(folder)).toEqual(['cache']);
  });

  it.each<[string, (request: SpeakRequest) => number | Promise<number>]>([
    ['timeout', () => Promise.reject(new VoiceError('first', 'timeout'))],
    ['wrong-length', () => 4],
    ['wrong-length', () => 0.1],
    [
      'not-audio',
      async ({ outFile }) =>
        writeFile(outFile, '<html>').then(() => Promise.reject(new VoiceError('first', 'not-audio'))),
    ],
    ['crashed', () => Promise.reject(new TypeError('a bug of the engine'))],
  ])('falls back with the reason: %s', async (reason, fault) => {
    first.misbehave = (request) => (request.text.includes('bão') ? fault(request) : 1);
    const spoken = await read();
    expect(spoken.map(({ engine }) => engine)).toEqual(['first', 'second', 'first']);
    expect(spoken[1]!.fellBackFrom).toMatchObject([{ engine: 'first', voice: 'vi', reason }]);
    expect(spoken[1]!.fellBackFrom[0]!.why).toMatch(/^Giọng đọc first /);
  });

  it.each([
    [0.27, 'second'],
    [0.33, 'first'],
    [2.8, 'first'],
    [3.2, 'second'],
  ])('an answer of %d times the estimate: the %s voice is believed', async (times, who) => {
    first.misbehave = () => times;
    expect((await read([[text[0]![0]!]]))[0]!.engine).toBe(who);
  });

  it('does not take a page or silence for speech', async () => {
    const answers = ['<html>Sorry</html>', encodeWav({ rate: 22_050, samples: new Int16Array(50_000) })];
    first.speak = ({ outFile }) => writeFile(outFile, answers.shift() ?? '');
    const spoken = await read([[text[0]![0]!], [text[1]![0]!]]);
    expect(new Set(spoken.map(({ fellBackFrom }) => fellBackFrom[0]?.reason))).toEqual(
      new Set(['not-audio', 'silent']),
    );
  });

  it('a voice that failed twice in a row rests for the clip, and is asked again for the next', async () => {
    first.misbehave = () => Promise.reject(new VoiceError('first', 'busy'));
    const long = Array.from(
      { length: 9 },
      (_, i) => `Đây là câu thứ ${'một hai ba bốn năm sáu bảy tám chín'.split(' ')[i]}.`,
    );
    const spoken = await read([long]);
    expect(first.spoken).toHaveLength(2);
    expect(spoken.filter(({ fellBackFrom }) => fellBackFrom[0]?.reason === 'resting')).toHaveLength(7);
    first.misbehave = () => 1;
    expect((await read([['Một câu khác hẳn.']]))[0]!.engine).toBe('first');
  });

  it('says which sentence nobody could read, and why', async () => {
    first.misbehave = () => Promise.reject(new VoiceError('first', 'missing'));
    second.misbehave = () => 9;
    await expect(read([['Câu khó.']])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'no-voice',
      sentence: {
        vi: expect.stringContaining('"Câu khó."'),
        en: expect.stringContaining('first: missing, second: wrong-length'),
      },
    });
  });

  it('reads a sentence once, however often it comes', async () => {
    const refrain = [['Không ra khơi.', 'Không ra khơi.'], ['Không ra khơi.']];
    expect(await read(refrain)).toHaveLength(3);
    await read(refrain);
    expect(first.spoken).toHaveLength(1);
  });

  it('stops when told, asks nobody else, and leaves no half-made file', async () => {
    const stop = new AbortController();
    first.misbehave = ({ signal }) => {
      stop.abort(new Error('stopped by the job'));
      signal?.throwIfAborted();
    };
    await expect(read(text, stop.signal)).rejects.toThrow('stopped by the job');
    expect(second.spoken).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
