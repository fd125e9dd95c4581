import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../config/config.js';
import type { Tool } from '../../speech/voices/tools/find-tool.js';
import { longestPause, rmsDbfs } from '../../speech/voices/sound/sound.js';
import { encodeWav, parseWav, wavSeconds } from '../../speech/voices/sound/wav.js';
import { FfmpegAdapter, type FfmpegJob } from './ffmpeg.adapter.js';
import { bundledTools, locateTools } from './ffmpeg-copies.js';

const { ffmpeg } = await locateTools(new Config().tools);
const bundled = (await bundledTools()).ffmpeg;

describe('finding ffmpeg', () => {
  it('there is one here, and its version is known', () => {
    expect(ffmpeg).toMatchObject({ name: 'ffmpeg', version: expect.stringMatching(/\d/) });
  });

  it('the setting wins, then PATH, then the bundled copy; a file that does not run is passed over', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loa-locate-'));
    const path = join(folder, 'ffmpeg');
    const version = (year: number) =>
      `#!/bin/sh\necho "ffmpeg version 6.1 Copyright (c) 2000-${year} the FFmpeg developers"\n`;
    await writeFile(path, version(2024));
    await chmod(path, 0o755);
    const at = async (settings: Parameters<typeof locateTools>[0]) => (await locateTools(settings)).ffmpeg;
    expect(await at({ path: folder })).toEqual({ name: 'ffmpeg', path, version: '6.1', source: 'system', refused: [] });
    expect(await at({ ffmpeg: path, path: '' })).toMatchObject({ path, source: 'setting' });
    expect(await at({ ffmpeg: join(folder, 'none'), path: folder })).toBeUndefined();
    await writeFile(path, version(2018));
    expect(await at({ path: folder })).toMatchObject({
      refused: [{ code: 'uploads', vi: expect.stringContaining('2018') }],
    });
    expect(await at({ path: folder, trustOldFfmpeg: true })).toMatchObject({ path, refused: [] });
    await writeFile(path, '#!/bin/sh\nexit 1\n');
    expect(await at({ path: folder })).toEqual(bundled);
    await rm(folder, { recursive: true, force: true });
  });
});

describe('the ffmpeg adapter', () => {
  let folder: string;
  const adapter = new FfmpegAdapter(ffmpeg);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-ffmpeg-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Makes `seconds` of a tone from a source inside the graph, at full speed or in real time. */
  const tone = (file: string, seconds: number, extra: Partial<FfmpegJob> = {}, pace = ''): FfmpegJob => ({
    inputs: [],
    graph: `sine=frequency=440:duration=${seconds}${pace}[out]`,
    outputs: [{ file, pad: 'out', options: ['-f', file.endsWith('mp3') ? 'mp3' : 'wav'] }],
    timeoutMs: 20_000,
    ...extra,
  });

  it.each([
    ['7.1.5-0+deb13u1', true],
    ['8.0', true],
    ['6.1.1', false],
    ['N-47683-g0e8eb07980-static', false],
  ])('of version %s it knows whether one run uses all cores: %s', (version, spreads) => {
    const tool: Tool = { name: 'ffmpeg', path: '/x', version, source: 'system', refused: [] };
    expect(new FfmpegAdapter(tool).spreads).toBe(spreads);
  });

  it('runs a graph with its own sources, and decodes what it made', async () => {
    const [mp3, wav] = [join(folder, 'tone.mp3'), join(folder, 'tone.wav')];
    await adapter.run(tone(mp3, 2));
    await adapter.toWav(mp3, wav);
    const pcm = parseWav(await readFile(wav));
    expect(wavSeconds(pcm)).toBeCloseTo(2, 1);
    expect(rmsDbfs(pcm)).toBeGreaterThan(-30);
    expect(longestPause(pcm)).toBe(0);
  });

  it.each([
    ['ffconcat version 1.0\nfile secret.wav\n'],
    ['#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.wav\n'],
    ['<html>'],
    [''],
  ])('a file that says "%s" reads nothing else, whatever its name', async (content) => {
    const [list, out] = [join(folder, 'list.mp3'), join(folder, 'list.wav')];
    await writeFile(join(folder, 'secret.wav'), encodeWav({ rate: 8_000, samples: new Int16Array(8_000).fill(9_000) }));
    await writeFile(list, content);
    await expect(adapter.toWav(list, out)).rejects.toMatchObject({ kind: 'unavailable', code: 'ffmpeg-failed' });
    await expect(stat(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a file of a stranger opens no connection and no other file, whatever format it is said to have', async () => {
    let calls = 0;
    const listener = createServer(() => calls++);
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/a.wav`;
    const secret = join(folder, 'secret.wav');
    await writeFile(secret, encodeWav({ rate: 8_000, samples: new Int16Array(8_000).fill(9_000) }));
    const [trap, out] = [join(folder, 'trap.mp3'), join(folder, 'trap.wav')];
    const formats = ['wav', 'mp3', 'flac', 'ogg', 'mov', 'matroska'] as const;
    for (const address of [
      url,
      `tcp://${new URL(url).host}`,
      `concat:${secret}`,
      secret,
      `subfile,,start,0,end,0,,:${secret}`,
    ])
      for (const content of [
        `ffconcat version 1.0\nfile '${address}'\n`,
        `#EXTM3U\n#EXTINF:10,\n${address}\n#EXT-X-ENDLIST\n`,
      ])
        for (const format of formats) {
          await writeFile(trap, content);
          const job: FfmpegJob = {
            inputs: [{ file: trap, format }],
            graph: '[0:a:0]aformat=sample_fmts=s16[out]',
            outputs: [{ file: out, pad: 'out', options: ['-f', 'wav'] }],
            timeoutMs: 20_000,
          };
          await expect(adapter.run(job)).rejects.toMatchObject({ code: 'ffmpeg-failed' });
        }
    await new Promise((resolve) => listener.close(resolve));
    expect(calls).toBe(0);
  }, 60_000);

  it('a sound in a code that no recorder of ours writes is not decoded', async () => {
    const [strange, out] = [join(folder, 'strange.wav'), join(folder, 'decoded.wav')];
    const job = tone(strange, 1);
    const options = ['-c:a', 'adpcm_yamaha', '-ar', '8000', '-f', 'wav'];
    await adapter.run({ ...job, outputs: [{ file: strange, pad: 'out', options }] });
    const decode: FfmpegJob = {
      inputs: [{ file: strange, format: 'wav' }],
      graph: '[0:a:0]aformat=sample_fmts=s16[out]',
      outputs: [{ file: out, pad: 'out', options: ['-f', 'wav'] }],
      timeoutMs: 20_000,
    };
    await expect(adapter.run(decode)).rejects.toMatchObject({ code: 'ffmpeg-failed' });
  });

  it('tells ffmpeg of every file which protocol, which format and which codes are allowed', async () => {
    const [path, asked] = [join(folder, 'ffmpeg'), join(folder, 'asked')];
    // The library queries ffmpeg's abilities; this script logs the arguments and passes every call to the real program.
    await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$@" >> '${asked}'\nexec '${ffmpeg?.path}' "$@"\n`);
    await chmod(path, 0o755);
    const noting = new FfmpegAdapter({ ...ffmpeg!, path });
    const [one, two] = [join(folder, 'one.wav'), join(folder, 'two.mp3')];
    await adapter.run(tone(one, 1));
    await adapter.run(tone(two, 1));
    await noting.run({
      inputs: [
        { file: one, format: 'wav' },
        { file: two, format: 'mp3' },
      ],
      graph: '[0:a:0][1:a:0]amix[out]',
      outputs: [{ pad: 'out' }],
      timeoutMs: 20_000,
    });
    const said = (await readFile(asked, 'utf8')).split('\n');
    for (const [file, format] of [
      [one, 'wav'],
      [two, 'mp3'],
    ] as const) {
      const end = said.indexOf(file);
      const before = said.slice(said.lastIndexOf('-i', end - 2) + 1, end);
      const valueOf = (name: string) => before[before.indexOf(name) + 1];
      expect([valueOf('-protocol_whitelist'), valueOf('-format_whitelist'), valueOf('-f')]).toEqual([
        'file',
        format,
        format,
      ]);
      expect(valueOf('-codec_whitelist')).toMatch(/^[a-z0-9_,]+$/);
    }
  });

  it('is killed when it takes too long, and leaves no file', async () => {
    const file = join(folder, 'slow.wav');
    const run = adapter.run(tone(file, 100_000, { timeoutMs: 400 }, ',arealtime'));
    await expect(run).rejects.toMatchObject({ code: 'ffmpeg-timeout' });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is ended by the system when it has worked for as long as it may', async () => {
    const job = { ...tone('', 10_000_000), outputs: [{ pad: 'out' }], cpuSeconds: 1, timeoutMs: 60_000 };
    await expect(adapter.run(job)).rejects.toMatchObject({ code: 'ffmpeg-failed' });
  });

  it.each([0, 1, 30, 400])('is killed when told to stop after %d ms, with the reason that was given', async (ms) => {
    const file = join(folder, 'stopped.wav');
    const stop = new AbortController();
    const why = new Error('stopped by the job');
    if (ms === 0) stop.abort(why);
    else setTimeout(() => stop.abort(why), ms);
    await expect(adapter.run(tone(file, 100_000, { signal: stop.signal }, ',arealtime'))).rejects.toBe(why);
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('a fault of ffmpeg is told with its own words', async () => {
    const job = { ...tone(join(folder, 'x.wav'), 1), graph: 'nosuchfilter[out]' };
    await expect(adapter.run(job)).rejects.toMatchObject({
      code: 'ffmpeg-failed',
      sentence: { en: expect.stringContaining('nosuchfilter') },
    });
  });

  it('without ffmpeg it says what to install', async () => {
    const none: Tool | undefined = undefined;
    await expect(new FfmpegAdapter(none).run(tone('x.wav', 1))).rejects.toMatchObject({ code: 'no-ffmpeg' });
  });
});
