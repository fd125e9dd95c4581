import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../config/config.js';
import { sha256 } from '../../shared/ids.js';
import { EspeakAdapter } from '../../speech/voices/engines/espeak.adapter.js';
import { SENTENCE_GAP_SECONDS } from '../../speech/voices/sentences.js';
import { shapeOfMp3 } from '../../speech/voices/sound/mp3-frames.js';
import { SentenceCache } from '../../speech/voices/sentence-cache.js';
import { VoiceChain, type ChainLink } from '../../speech/voices/voice-chain.js';
import { FakeVoice } from '../../speech/voices/engines/voice.fake.js';
import { VoiceError } from '../../speech/voices/engines/voice.port.js';
import { synthesiseChime } from '../mix/chimes.js';
import { CHIME_GAP_SECONDS, LEAD_IN_SECONDS } from '../mix/mix-plan.js';
import { FfmpegAdapter, type FfmpegJob } from '../ffmpeg/ffmpeg.adapter.js';
import { bundledTools, locateTools, type Tools } from '../ffmpeg/ffmpeg-copies.js';
import { RenderCache } from '../store/render-cache.js';
import { DiskMediaStore } from '../store/disk-media-store.js';
import { masteringProfileNames, profiles } from '../dsp/mastering-profiles.js';
import { renderClip, type RenderRequest } from './render-clip.js';
import type { AudioToolchain, RenderStage } from '../master/render-stages.js';

const here = await locateTools(new Config().tools);
const bundled = await bundledTools();
const sets = [bundled, here].filter(
  (tools, at, all) => tools.ffmpeg && all[at - 1]?.ffmpeg?.path !== tools.ffmpeg.path,
);

const text = `Kính thưa toàn thể bà con nhân dân phường Bắc Hà. Bão số năm đang tiến vào bờ.
Yêu cầu bà con ở vùng trũng thấp di dời ngay! Không ra khơi.`;

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A toolchain in a folder of its own. */
async function toolchainIn(tools: Tools, links?: ChainLink[]): Promise<{ folder: string; toolchain: AudioToolchain }> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-render-'));
  folders.push(folder);
  const voices = new VoiceChain(
    links ?? [{ engine: new EspeakAdapter(tools.espeak), voice: 'vi' }],
    new SentenceCache(join(folder, 'cache')),
  );
  const chimes = { opening: synthesiseChime('opening'), closing: synthesiseChime('closing') };
  const store = new DiskMediaStore(folder);
  const made = new RenderCache(join(folder, 'made'));
  const toolchain = { voices, transcoder: new FfmpegAdapter(tools.ffmpeg), store, chimes, made };
  return { folder, toolchain };
}

const request = (more: Partial<RenderRequest> = {}): RenderRequest => {
  return { text, profile: 'horn', rate: 160, chimes: { opening: true, closing: true }, repeat: false, ...more };
};

async function clipsIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'clips'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.mp3'));
}

/** Integrated loudness of a stretch of a file, LUFS, by ffmpeg's own meter. */
function loudness({ ffmpeg }: Tools, file: string, from: number, until: number): number {
  const range = ['-ss', String(from), '-t', String(until - from)];
  const args = ['-nostats', '-i', file, ...range, '-af', 'ebur128', '-f', 'null', '-'];
  const { stderr } = spawnSync(ffmpeg!.path, args, { encoding: 'utf8' });
  return Number(/I:\s+(-[\d.]+) LUFS/.exec(stderr.slice(stderr.lastIndexOf('Summary:')))?.[1]);
}

it('there are tools to be tried', () => {
  expect(sets.length).toBeGreaterThan(0);
});

describe.each(sets.map((tools): [string, Tools] => [`${tools.ffmpeg!.source} ${tools.ffmpeg!.version}`, tools]))(
  'a clip made with ffmpeg %s',
  (_name, tools) => {
    it.each(masteringProfileNames)('meets the profile %s, as measured on the file', async (name) => {
      const { toolchain } = await toolchainIn(tools);
      const clip = await renderClip(toolchain, request({ profile: name, repeat: name === 'horn' }));
      const profile = profiles[name];
      expect(Math.abs(clip.integratedLufs - profile.loudness)).toBeLessThanOrEqual(0.5);
      expect(clip.truePeakDbtp).toBeLessThanOrEqual(profile.truePeak);
      expect(Math.abs(clip.seconds - clip.planSeconds)).toBeLessThanOrEqual(0.2);
      expect(clip.longestSilence).toBeLessThan(1.5);
      expect(clip.peaks).toHaveLength(800);
      expect(Math.max(...clip.peaks)).toBeGreaterThan(0.2);
      // RMS: the peaks of a limited clip would all be near its ceiling.
      expect(Math.max(...clip.peaks)).toBeLessThan(0.5);
      const bytes = await readFile(clip.file);
      expect([sha256(bytes), bytes.length]).toEqual([clip.sha256, clip.bytes]);
      const shape = shapeOfMp3(bytes);
      expect(shape.whole).toBe(true);
      // The Info frame states how many frames follow it.
      expect(bytes.readUInt32BE(bytes.indexOf('Info') + 8)).toBe(shape.frames - 1);
      expect(bytes.length / shape.seconds / 125).toBeCloseTo(profile.kbps, -1);
      // Channel mode 3 of the frame header is mono.
      expect(bytes[3]! >> 6 === 3).toBe(profile.channels === 1);
      expect(bytes.toString('latin1')).not.toMatch(/Lav[cf]\d|TSSE/);
      expect(clip.sentences).toHaveLength(name === 'horn' ? 5 : 4);
      expect(clip.engines).toBe('espeak/vi');
    });

    it.each(masteringProfileNames)('for %s has chimes as loud as the voice', async (profile) => {
      const { toolchain } = await toolchainIn(tools);
      const clip = await renderClip(toolchain, request({ profile }));
      // One second of silence, three of chime; at the end 2.6 of chime before the last gap.
      const closing = clip.seconds - 2.6 - SENTENCE_GAP_SECONDS - 0.1;
      const voice = loudness(tools, clip.file, LEAD_IN_SECONDS + 3 + CHIME_GAP_SECONDS, closing - 0.5);
      const both = [loudness(tools, clip.file, LEAD_IN_SECONDS, 4), loudness(tools, clip.file, closing, clip.seconds)];
      for (const chime of both) expect(Math.abs(chime - voice)).toBeLessThanOrEqual(1);
    });

    it('tells players its title and office; nothing else of the sound changes', async () => {
      const { toolchain } = await toolchainIn(tools);
      const plain = await renderClip(toolchain, request());
      const label = { title: 'Phòng dịch, tổ 1', office: 'Đài Bắc Hà' };
      const clip = await renderClip(toolchain, request({ label }));
      const [bytes, before] = [await readFile(clip.file), await readFile(plain.file)];
      expect(bytes.subarray(0, 3).toString()).toBe('ID3');
      expect(bytes.subarray(-before.length).equals(before)).toBe(true);
      expect((await renderClip((await toolchainIn(tools)).toolchain, request({ label }))).sha256).toBe(clip.sha256);
      expect([clip.seconds, clip.integratedLufs]).toEqual([plain.seconds, plain.integratedLufs]);
    });

    it('comes out with the same bytes when made again elsewhere', async () => {
      const clips = [];
      for (let i = 0; i < 2; i++)
        clips.push(await renderClip((await toolchainIn(tools)).toolchain, request({ profile: 'web' })));
      expect(clips[1]!.sha256).toBe(clips[0]!.sha256);
    });
  },
);

describe('rendering', () => {
  const fake = () => [{ engine: new FakeVoice(), voice: 'vi' }];

  it('tells how far it is, never going back, through every stage', async () => {
    const { toolchain } = await toolchainIn(here, fake());
    const told: [RenderStage, number][] = [];
    await renderClip(toolchain, request({ onProgress: (stage, percent) => told.push([stage, percent]) }));
    expect([...new Set(told.map(([stage]) => stage))]).toEqual(['voices', 'mix', 'master', 'encode', 'check', 'done']);
    const percents = told.map(([, percent]) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);
  });

  it('says who read what, and who did not', async () => {
    const poor = new FakeVoice('poor');
    poor.misbehave = ({ text: asked }) => {
      if (asked.includes('Bão')) throw new VoiceError('poor', 'timeout');
    };
    const { toolchain } = await toolchainIn(here, [
      { engine: poor, voice: 'a' },
      { engine: new FakeVoice('good', 330), voice: 'b' },
    ]);
    const clip = await renderClip(toolchain, request());
    expect(clip.engines).toBe('poor/a 3, good/b 1');
    expect(clip.sentences[1]).toMatchObject({ engine: 'good', fellBackFrom: [{ engine: 'poor', reason: 'timeout' }] });
  });

  it.each<RenderStage>(['voices', 'mix', 'master', 'encode', 'check'])('stopped at "%s" leaves nothing', async (at) => {
    const { folder, toolchain } = await toolchainIn(here, fake());
    const stop = new AbortController();
    const why = new Error('stopped by the job');
    const onProgress = (stage: RenderStage) => {
      // A moment later, so that the programs of that stage are running.
      if (stage === at) setTimeout(() => stop.abort(why), 5);
    };
    await expect(renderClip(toolchain, request({ signal: stop.signal, onProgress }))).rejects.toBe(why);
    expect(await clipsIn(folder)).toEqual([]);
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
    expect(await clipsIn((await renderClip(toolchain, request()), folder))).toHaveLength(1);
  });

  it.each([
    ['loudness', 'volume=-14dB', 'loudness -'],
    ['true peak', "aeval='if(eq(n,50000),1,val(0))'", 'above -2'],
    ['length', 'apad=pad_len=88200', 'seconds long instead of'],
    ['silence', "volume='if(between(t,5,9),0,1)':eval=frame", 'a silence of'],
  ])('a file that misses its %s is not ready', async (_what, fault, says) => {
    const { folder, toolchain } = await toolchainIn(here, fake());
    const honest = toolchain.transcoder;
    const run = (job: FfmpegJob) => {
      const isLook = job.inputs[0]?.format === 'mp3';
      return honest.run(isLook ? { ...job, graph: job.graph?.replace('anull', fault) } : job);
    };
    const liar = { run, toWav: honest.toWav.bind(honest), refused: [], edition: 'x' };
    await expect(renderClip({ ...toolchain, transcoder: liar }, request())).rejects.toMatchObject({
      code: 'clip-not-ready',
      message: expect.stringContaining(says),
    });
    expect([await clipsIn(folder), await readdir(join(folder, 'tmp'))]).toEqual([[], []]);
  });

  it('a text without a word is refused', async () => {
    const { toolchain } = await toolchainIn(here, fake());
    await expect(renderClip(toolchain, request({ text: ' …\n— ' }))).rejects.toMatchObject({ code: 'nothing-to-say' });
  });

  it('music goes under speech for the radio and the web, by the book, and never on a horn', async () => {
    const { toolchain } = await toolchainIn(here, fake());
    for (const profile of ['fm', 'web'] as const) {
      const plain = await renderClip(toolchain, request({ profile }));
      const clip = await renderClip(toolchain, request({ profile, bed: true }));
      expect(clip.sha256).not.toBe(plain.sha256);
      expect(Math.abs(clip.integratedLufs - profiles[profile].loudness)).toBeLessThanOrEqual(0.5);
      expect(clip.truePeakDbtp).toBeLessThanOrEqual(profiles[profile].truePeak);
      expect(Math.abs(clip.seconds - plain.planSeconds)).toBeLessThanOrEqual(0.2);
      expect(clip.sentences).toEqual(plain.sentences);
    }
    const horn = await renderClip(toolchain, request());
    expect((await renderClip(toolchain, request({ bed: true }))).sha256).toBe(horn.sha256);
  });

  it('without chimes it is shorter by just these', async () => {
    const { toolchain } = await toolchainIn(here, fake());
    const long = await renderClip(toolchain, request());
    const short = await renderClip(toolchain, request({ chimes: { opening: false, closing: false } }));
    expect(long.planSeconds - short.planSeconds).toBeCloseTo(3 + 2.6 + 2 * 0.5, 1);
  });
});

describe('rendering again', () => {
  const names = ['An', 'Bình', 'Cường', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga'];
  const sentence = (n: number) =>
    `Mời hộ ông bà ${names[n % 10]} ${names[Math.floor(n / 10)]} ở tổ dân phố đến nhà văn hóa để nhận lịch thu gom rác mới.`;
  const long = Array.from({ length: 40 }, (_, n) => sentence(n));

  /** A toolchain with a humming voice, which counts the requests to the voice and the encoded parts. */
  async function counting() {
    const voice = new FakeVoice();
    const { toolchain, folder } = await toolchainIn(here, [{ engine: voice, voice: 'vi' }]);
    const run = toolchain.transcoder.run.bind(toolchain.transcoder);
    let encoded = 0;
    toolchain.transcoder.run = (job: FfmpegJob) => {
      if (job.inputs[0]?.format === 'wav') encoded += job.inputs.length;
      return run(job);
    };
    const render = async (more: Partial<RenderRequest>) => {
      const before = { asked: voice.spoken.length, encoded };
      const clip = await renderClip(toolchain, request(more));
      return { clip, asked: voice.spoken.length - before.asked, encoded: encoded - before.encoded };
    };
    return { render, voice, folder };
  }

  it('what is unchanged costs no voice and no encoder, and is the same clip', async () => {
    const { render, folder } = await counting();
    const { clip } = await render({});
    expect(await render({})).toEqual({ clip, asked: 0, encoded: 0 });
    await rm(join(folder, 'clips'), { recursive: true });
    const again = await render({});
    expect([again.clip.sha256, again.asked]).toEqual([clip.sha256, 0]);
    expect(await clipsIn(folder)).toHaveLength(1);
  });

  it('one changed sentence costs one sentence and a few parts, and comes out as if all had been made anew', async () => {
    const { render } = await counting();
    const first = await render({ text: long.join(' ') });
    const text = long.map((one, n) => (n === 20 ? 'Riêng tổ năm họp vào chiều mai.' : one)).join(' ');
    const changed = await render({ text });
    expect(first.encoded).toBeGreaterThan(6);
    expect(changed.asked).toBe(1);
    expect(changed.encoded).toBeLessThan(first.encoded / 2);
    const fresh = await (await counting()).render({ text });
    expect(changed.clip.sha256).toBe(fresh.clip.sha256);
    expect(changed.clip.sha256).not.toBe(first.clip.sha256);
  });

  it('a clip for which a voice failed is read anew by the voices that can', async () => {
    const poor = new FakeVoice('poor');
    const { toolchain } = await toolchainIn(here, [
      { engine: poor, voice: 'a' },
      { engine: new FakeVoice('good', 330), voice: 'b' },
    ]);
    poor.misbehave = () => {
      throw new VoiceError('poor', 'timeout');
    };
    expect((await renderClip(toolchain, request())).engines).toBe('good/b');
    poor.misbehave = () => undefined;
    expect((await renderClip(toolchain, request())).engines).toBe('poor/a');
  });
});
