import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Config } from '../../config/config.js';
import { FakeVoice } from '../../speech/voices/engines/voice.fake.js';
import { SentenceCache } from '../../speech/voices/sentence-cache.js';
import { VoiceChain } from '../../speech/voices/voice-chain.js';
import { encodeWav } from '../../speech/voices/sound/wav.js';
import { synthesiseChime } from '../mix/chimes.js';
import { FfmpegAdapter } from '../ffmpeg/ffmpeg.adapter.js';
import { bundledTools, locateTools } from '../ffmpeg/ffmpeg-copies.js';
import { masterRecording } from './master-recording.js';
import { RenderCache } from '../store/render-cache.js';
import { DiskMediaStore } from '../store/disk-media-store.js';
import type { AudioToolchain } from '../master/render-stages.js';
import { soundFormatOf } from '../ffmpeg/sound-format.js';

const { ffmpeg } = await locateTools(new Config().tools);

describe('a recording from outside', () => {
  let folder: string;
  let toolchain: AudioToolchain;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-recording-'));
    const chimes = { opening: synthesiseChime('opening'), closing: synthesiseChime('closing') };
    const voices = new VoiceChain([], new SentenceCache(folder));
    // Another test covers the rule about old copies; here any copy may decode.
    const transcoder = new FfmpegAdapter(ffmpeg && { ...ffmpeg, refused: [] });
    const made = new RenderCache(join(folder, 'made'));
    toolchain = { voices, transcoder, store: new DiskMediaStore(join(folder, 'media')), chimes, made };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function recorded(name: string, options: string[] = []): Promise<string> {
    const [wav, file] = [join(folder, 'voice.wav'), join(folder, name)];
    const text = 'Bà con phường Bắc Hà chú ý theo dõi tin bão số năm trên hệ thống truyền thanh.';
    await new FakeVoice().speak({ text, voice: 'vi', rate: 160, outFile: wav });
    if (name === 'voice.wav') return file;
    const outputs = [{ file, pad: 'out', options }];
    const inputs = [{ file: wav, format: 'wav' as const }];
    await toolchain.transcoder.run({ inputs, graph: '[0:a:0]anull[out]', outputs, timeoutMs: 20_000 });
    return file;
  }

  it.each<[string, string[]]>([
    ['voice.wav', []],
    ['voice.mp3', ['-c:a', 'libmp3lame']],
    ['voice.flac', []],
    ['voice.m4a', ['-c:a', 'aac']],
    ['voice.webm', ['-c:a', 'libopus']],
    ['voice.ogg', ['-c:a', 'libopus']],
  ])('%s is made into a clip by the profile', async (name, options) => {
    const clip = await masterRecording(toolchain, { file: await recorded(name, options), profile: 'web' });
    expect(Math.abs(clip.integratedLufs + 16)).toBeLessThanOrEqual(0.5);
    expect(clip.truePeakDbtp).toBeLessThanOrEqual(-1.5);
    expect(clip.seconds).toBeGreaterThan(4);
    expect(await toolchain.store.find(clip.sha256)).toMatchObject({ bytes: clip.bytes });
  });

  it('is shown to the decoder alone in a folder of its own, with limits on time and work', async () => {
    const seen: unknown[] = [];
    const { transcoder } = toolchain;
    const run: AudioToolchain['transcoder']['run'] = async (job) => {
      const [input] = job.inputs;
      if (job.cpuSeconds) seen.push(await readdir(dirname(input!.file)), job.cpuSeconds, job.timeoutMs);
      return transcoder.run(job);
    };
    const watched = { run, refused: [], edition: 'x', toWav: transcoder.toWav.bind(transcoder) };
    const file = await recorded('-i.mp3');
    await masterRecording({ ...toolchain, transcoder: watched }, { file, profile: 'horn' });
    expect(seen).toEqual([['sound'], 120, 120_000]);
  });

  it.each([
    ['<html>sorry</html>', 'not-sound'],
    ['ffconcat version 1.0\nfile voice.wav\n', 'not-sound'],
    ['#EXTM3U\nvoice.wav\n', 'not-sound'],
    ['ID3\x03\0\0\0\0\0\0nothing more', 'not-sound'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'not-sound'],
    ['', 'not-sound'],
    [encodeWav({ rate: 16_000, samples: new Int16Array(32_000) }), 'silent-recording'],
  ])('%j is refused: %s', async (content, code) => {
    const file = join(folder, 'odd.mp3');
    await writeFile(file, content);
    await expect(masterRecording(toolchain, { file, profile: 'horn' })).rejects.toMatchObject({
      kind: 'invalid',
      code,
    });
    expect(await readdir(join(folder, 'media', 'tmp')).catch(() => [])).toEqual([]);
  });

  it('the bundled ffmpeg of 2018 is not shown files of strangers', async () => {
    const old = new FfmpegAdapter(
      (await bundledTools()).ffmpeg ?? { ...ffmpeg!, refused: [{ code: 'uploads', vi: 'cũ', en: 'old' }] },
    );
    const asked = masterRecording(
      { ...toolchain, transcoder: old },
      { file: join(folder, 'none.mp3'), profile: 'horn' },
    );
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable', code: 'uploads-refused' });
  });

  it('knows sounds by their first bytes', () => {
    const head = (text: string) => soundFormatOf(Buffer.from(text, 'latin1'));
    expect(
      ['RIFF....WAVE', 'fLaC', 'OggS', '\0\0\0\x20ftypM4A ', '\x1aE\xdf\xa3', 'ID3', '\xff\xfb\x90'].map(head),
    ).toEqual(['wav', 'flac', 'ogg', 'mov', 'matroska', 'mp3', 'mp3']);
    expect(['RIFF....AVI ', '<svg', '\xff\xd8\xff\xe0', '\x89PNG', '', '\xff\xff'].map(head)).toEqual(
      Array(6).fill(undefined),
    );
  });
});
