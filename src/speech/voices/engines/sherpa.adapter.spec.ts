import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../../config/config.js';
import { FixedClock } from '../../../shared/clock.js';
import { lookIntoSherpaFolder, SherpaAdapter } from './sherpa.adapter.js';
import { VoiceRegistry } from '../voice-registry.js';
import { parseWav, wavSeconds } from '../sound/wav.js';

/** Replaces the native package: hums half a second; `speed` sets the length, the speaker number the pitch. */
const standIn = `
export class OfflineTts {
  constructor(config) {
    console.log('a line of its own, as native libraries print');
    const { model, tokens, dataDir } = config.model.vits;
    if (!model.endsWith('.onnx') || !tokens.endsWith('tokens.txt') || !dataDir.endsWith('espeak-ng-data')) throw new Error('bad paths');
  }
  generate({ text, sid, speed }) {
    if (text.includes('hỏng')) process.abort();
    if (text.includes('lỗi')) throw new Error('cannot say it');
    const samples = Float32Array.from({ length: 8000 / speed }, (_, i) => 2 * Math.sin(i / (5 + sid)));
    return { samples, sampleRate: 16000 };
  }
}
`;

describe('a neural voice from a folder', () => {
  let folder: string;
  let module: string;
  const open: SherpaAdapter[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-sherpa-'));
    module = join(folder, 'stand-in.mjs');
    await writeFile(module, standIn);
  });
  afterEach(async () => {
    for (const engine of open.splice(0)) engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function voiceFolder(without = ''): Promise<string> {
    const path = join(folder, 'vits-piper-vi_VN-x');
    await mkdir(path);
    if (without !== '*.onnx') await writeFile(join(path, 'vi_VN-x.onnx'), 'model');
    if (without !== 'tokens.txt') await writeFile(join(path, 'tokens.txt'), '_ 0');
    if (without !== 'espeak-ng-data/') await mkdir(join(path, 'espeak-ng-data'));
    return path;
  }
  const engineIn = (path: string | undefined, load?: string) => {
    const engine = new SherpaAdapter(path, load, 10_000);
    open.push(engine);
    return engine;
  };
  const request = (text: string, more = {}) => ({
    text,
    voice: '0',
    rate: 160,
    outFile: join(folder, 'x.wav'),
    ...more,
  });

  it('reads, faster when told, and is another edition with another model', async () => {
    const path = await voiceFolder();
    const engine = engineIn(path, module);
    await engine.speak(request('Kính thưa bà con.'));
    const pcm = parseWav(await readFile(join(folder, 'x.wav')));
    expect([pcm.rate, wavSeconds(pcm)]).toEqual([16_000, 0.5]);
    await engine.speak(request('Kính thưa bà con.', { rate: 320, voice: '3' }));
    expect(wavSeconds(parseWav(await readFile(join(folder, 'x.wav'))))).toBe(0.25);
    expect(engine.edition).toMatch(/^vi_VN-x\.onnx 5 [0-9a-f]{8}$/);
    await writeFile(join(path, 'vi_VN-x.onnx'), 'another model');
    expect(engineIn(path, module).edition).not.toBe(engine.edition);
  });

  it('what goes wrong in the native code ends its process, not ours; the next sentence is read by a fresh one', async () => {
    const engine = engineIn(await voiceFolder(), module);
    await expect(engine.speak(request('Câu này lỗi.'))).rejects.toMatchObject({ reason: 'crashed' });
    await expect(engine.speak(request('Câu này hỏng.'))).rejects.toMatchObject({ reason: 'crashed' });
    await engine.speak(request('Câu này thì được.'));
    expect((await readFile(join(folder, 'x.wav'))).length).toBeGreaterThan(1_000);
  });

  it.each(['*.onnx', 'tokens.txt', 'espeak-ng-data/'])(
    'a folder without %s is named, and what it lacks',
    async (missing) => {
      const path = await voiceFolder(missing);
      await expect(engineIn(path, module).speak(request('Chào.'))).rejects.toMatchObject({
        reason: 'missing',
        sentence: { vi: expect.stringMatching(`thư mục ${path} thiếu ${missing.replace('*', '\\*')};`) },
      });
    },
  );

  it('so are a folder that is not there, two models in one, and none at all', async () => {
    expect(lookIntoSherpaFolder(join(folder, 'none'))).toMatchObject({ vi: expect.stringContaining('không mở được') });
    const path = await voiceFolder();
    await writeFile(join(path, 'other.onnx'), 'x');
    expect(lookIntoSherpaFolder(path)).toMatchObject({ en: expect.stringContaining('several voices') });
    await expect(engineIn(undefined).speak(request('Chào.'))).rejects.toMatchObject({
      message: expect.stringContaining('LOA_SHERPA_DIR is not set'),
    });
  });

  it('without the package it says how to install it', async () => {
    const engine = engineIn(await voiceFolder(), 'sherpa-onnx-node-that-is-not-there');
    await expect(engine.speak(request('Chào.'))).rejects.toMatchObject({
      reason: 'missing',
      sentence: { vi: expect.stringContaining('npm i sherpa-onnx-node') },
    });
  });

  it('only the engines of the chain are made, and a name that is none is refused with those there are', () => {
    const chain = (names: string) => {
      const config = new Config({ LOA_VOICES: names, LOA_MEDIA_DIR: folder, LOA_FPT_KEY: 'k' });
      return new VoiceRegistry(config, undefined, { toWav: () => Promise.resolve() }, new FixedClock(0)).chain(
        config.voices.chain,
      );
    };
    expect(chain('fpt/leminh, sherpa,espeak').description).toBe('fpt v5 leminh, sherpa  0, espeak  vi');
    expect(() => chain('espeak,constructor')).toThrow('espeak, google, fpt, sherpa');
  });
});
