import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../../config/config.js';
import { EspeakAdapter, espeakVoices } from './espeak.adapter.js';
import { bundledEspeak, locateEspeak } from './espeak-copies.js';
import type { Tool } from '../tools/find-tool.js';
import { estimateSeconds } from '../sentences.js';
import { checked } from '../voice-chain.js';
import { parseWav, wavSeconds } from '../sound/wav.js';

const system = await locateEspeak(new Config().tools);
const copies = [bundledEspeak(), system?.source === 'bundled' ? undefined : system].filter(
  (tool) => tool !== undefined,
);

it('there is an espeak-ng to be tried', () => {
  expect(copies.length).toBeGreaterThan(0);
});

describe.each(copies.map((tool): [string, Tool] => [tool.source, tool]))('espeak-ng (%s)', (_source, tool) => {
  let folder: string;
  const engine = new EspeakAdapter(tool);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-espeak-'));
  });
  afterAll(async () => {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function say(text: string, { voice = 'vi', rate = 160, by = engine } = {}): Promise<Buffer> {
    const outFile = join(folder, 'out.wav');
    await by.speak({ text, voice, rate, outFile });
    return readFile(outFile);
  }

  it.each([
    'Kính thưa toàn thể bà con nhân dân phường Bắc Hà.',
    'Một.',
    '-v en --help',
    '<speak>Xin chào</speak>',
    '"$(id)"; `id` | cat & echo',
    'UBND TPHCM',
    '0239 385 567',
    'Tăng 15%.',
    'Chờ đợi…',
    `Rất dài:${' dài'.repeat(150)}.`,
  ])('reads "%.30s" as text, in a plausible time', async (text) => {
    expect(() => checked('espeak', text, 160, new Uint8Array())).toThrow('not sound');
    const pcm = checked('espeak', text, 160, await say(text));
    expect(pcm.rate).toBe(22_050);
    expect(pcm.samples.every((sample) => Math.abs(sample) < 32_000)).toBe(true);
  });

  it('two brackets are no door to phonemes', async () => {
    expect(await say('[[xin chào]] bà con')).toEqual(await say('[ [xin chào]] bà con'));
  });

  it('the three regions sound different, and a name of no voice is refused', async () => {
    const sounds = await Promise.all(
      espeakVoices.map(async (voice) => {
        const outFile = join(folder, `${voice}.wav`);
        await engine.speak({ text: 'Rồi rủ rê nhau ra ruộng.', voice, rate: 160, outFile });
        return (await readFile(outFile)).toString('base64');
      }),
    );
    expect(new Set(sounds).size).toBe(3);
    await expect(say('Một.', { voice: 'en' })).rejects.toMatchObject({ reason: 'refused' });
    await expect(say('Một.', { voice: '../../etc/passwd' })).rejects.toMatchObject({ reason: 'refused' });
  });

  it('a higher rate is quicker, and the same request gives the same bytes', async () => {
    const text = 'Bà con chú ý theo dõi lịch cắt điện.';
    const [slow, quick] = [await say(text, { rate: 110 }), await say(text, { rate: 220 })];
    expect(wavSeconds(parseWav(slow))).toBeGreaterThan(1.4 * wavSeconds(parseWav(quick)));
    expect(await say(text, { rate: 110 })).toEqual(slow);
  });

  it('is killed when it takes too long or is told to stop, and leaves no file', async () => {
    const text = 'Một câu dài. '.repeat(20_000);
    const hasty = new EspeakAdapter(tool, { timeoutMs: 60 });
    const outFile = join(folder, 'never.wav');
    await expect(hasty.speak({ text, voice: 'vi', rate: 160, outFile })).rejects.toMatchObject({ reason: 'timeout' });
    const stop = new AbortController();
    const why = new Error('stopped by the job');
    setTimeout(() => stop.abort(why), 60);
    const stopped = engine.speak({ text, voice: 'vi', rate: 160, outFile, signal: stop.signal });
    await expect(stopped).rejects.toBe(why);
    await expect(stat(outFile)).rejects.toMatchObject({ code: 'ENOENT' });
    hasty.close();
    expect(wavSeconds(parseWav(await say('Vẫn đọc được.')))).toBeGreaterThan(0.3 * estimateSeconds('Vẫn đọc được.'));
  });
});

describe('an espeak-ng that is not right', () => {
  it('a missing one says so', async () => {
    const engine = new EspeakAdapter(undefined);
    const asked = engine.speak({ text: 'Một.', voice: 'vi', rate: 160, outFile: '/nonexistent/x.wav' });
    await expect(asked).rejects.toMatchObject({
      reason: 'missing',
      sentence: { vi: expect.stringContaining('chưa được cài') },
    });
  });

  it('one that fails or hangs is a VoiceError', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-espeak-'));
    const path = join(folder, 'espeak-ng');
    const tool: Tool = { name: 'espeak-ng', path, version: '0', source: 'setting', refused: [] };
    const engine = new EspeakAdapter(tool, { timeoutMs: 300 });
    const ask = () => engine.speak({ text: 'Một.', voice: 'vi', rate: 160, outFile: join(folder, 'x.wav') });
    await writeFile(path, '#!/bin/sh\necho "no such voice" >&2\nexit 3\n');
    await chmod(path, 0o755);
    await expect(ask()).rejects.toMatchObject({ reason: 'crashed', detail: 'no such voice' });
    await writeFile(path, '#!/bin/sh\nexec sleep 30\n');
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout' });
    await rm(folder, { recursive: true, force: true });
  });

  it('the setting wins over PATH, and PATH over the bundled copy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-espeak-'));
    const path = join(folder, 'espeak-ng');
    await writeFile(path, '#!/bin/sh\necho "eSpeak NG text-to-speech: 1.99  Data at: /x"\n');
    await chmod(path, 0o755);
    expect(await locateEspeak({ path: folder })).toMatchObject({ path, source: 'system', version: '1.99' });
    expect(await locateEspeak({ espeak: path, path: '' })).toMatchObject({ source: 'setting' });
    expect(await locateEspeak({ espeak: join(folder, 'none'), path: folder })).toBeUndefined();
    expect(await locateEspeak({ path: join(folder, 'none') })).toEqual(bundledEspeak());
    await rm(folder, { recursive: true, force: true });
  });
});
