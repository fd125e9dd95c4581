import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/config/config.js';
import { bundledTools, locateTools } from '../../src/audio/ffmpeg.locate.js';
import { type Answer, type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { StrangeFiles } from '../support/strange-files.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');
const { ffmpeg } = await locateTools(new Config().tools);
const bundled = (await bundledTools()).ffmpeg;

interface ShownClip {
  id: string;
  profile: string;
  state: string;
  engine: string | null;
  reason: string | null;
  sha256: string | null;
  durationMs: number | null;
  integratedLufs: number | null;
  truePeakDbtp: number | null;
}

/** A person at the door with a campaign, who writes scripts and sends recordings. */
class Desk {
  private constructor(
    readonly house: House,
    readonly editor: Client,
    private readonly campaignId: string,
  ) {}

  static async open(env?: Record<string, string>): Promise<Desk> {
    const house = await openHouse({ env });
    const editor = await house.person('editor');
    const { id: directiveId } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
    const campaign = { directiveId, name: 'Đợt một', from: '2026-11-25', until: '2026-12-31' };
    return new Desk(house, editor, json<{ id: string }>(await editor.post('/api/campaigns', campaign)).id);
  }

  async version(text = 'Kính mời bà con nghe.', channelKind = 'ward-loudspeaker'): Promise<string> {
    const body = { campaignId: this.campaignId, channelKind, title: 'Thông báo', text };
    return json<{ versionId: string }>(await this.editor.post('/api/scripts', body)).versionId;
  }

  send(versionId: string, bytes: Uint8Array, name = 'thu-am.mp3', who = this.editor): Promise<Answer> {
    const form = new FormData();
    form.append('tep', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    return who.post(`/api/versions/${versionId}/clips/upload`, form);
  }

  async clips(versionId: string): Promise<ShownClip[]> {
    return json<ShownClip[]>(await this.editor.get(`/api/versions/${versionId}/clips`));
  }

  /** Files in the media folder that are not finished clips and not caches. */
  leftovers(): string[] {
    const { mediaDir } = this.house.app.get(Config);
    return ['tmp', 'uploads'].flatMap((name) => {
      try {
        return readdirSync(join(mediaDir, name));
      } catch {
        return [];
      }
    });
  }
}

const isCurrent = ffmpeg !== undefined && ffmpeg.refused.length === 0;
(isCurrent ? describe : describe.skip)('recordings of people', () => {
  let desk: Desk;
  let files: StrangeFiles;
  beforeAll(async () => {
    desk = await Desk.open();
    files = new StrangeFiles(ffmpeg!.path);
  });
  afterAll(async () => {
    files.close();
    await desk.house.close();
  });

  it.each([
    ['giong-doc.mp3', []],
    ['giong-doc.wav', []],
    ['giong-doc.m4a', ['-c:a', 'aac']],
    ['giong-doc.ogg', ['-c:a', 'libvorbis']],
    ['giong-doc.flac', []],
    ['trinh-duyet.webm', ['-c:a', 'libopus']],
    // As a browser records it: no length in the head, no index at the end.
    ['truc-tiep.webm', ['-c:a', 'libopus', '-live', '1']],
  ])('%s becomes a clip by the book', async (name, options) => {
    const versionId = await desk.version();
    const answer = await desk.send(versionId, files.sound(name, 6, options), name);
    expect(answer.status).toBe(202);
    const { clipIds } = json<{ clipIds: string[] }>(answer);
    await desk.house.drain();
    const clips = await desk.clips(versionId);
    expect(clips.map(({ id, profile, state, engine }) => [id, profile, state, engine])).toEqual([
      [clipIds[0], 'horn', 'ready', 'upload'],
    ]);
    expect(Math.abs(clips[0]!.durationMs! - 6_000)).toBeLessThan(200);
    expect(Math.abs(clips[0]!.integratedLufs! + 16)).toBeLessThanOrEqual(0.5);
    expect(clips[0]!.truePeakDbtp).toBeLessThanOrEqual(-2);
    expect(desk.leftovers()).toEqual([]);
  });

  it('the same recording again is the same clip; what was asked for last is what airs', async () => {
    const versionId = await desk.version('Ngày mai nghỉ lễ.');
    const approver = await desk.house.person('approver');
    const airs = async () => {
      const shown = json<{ clips: { sha256: string }[] }>(await approver.get(`/api/approvals/${versionId}`));
      return shown.clips.map(({ sha256 }) => sha256);
    };
    const step = async () => {
      await desk.house.drain();
      desk.house.clock.advance(1_000);
      return airs();
    };
    const bytes = files.sound('hai-lan.mp3', 4);
    await desk.send(versionId, bytes);
    const recorded = await step();
    expect(json<{ clipIds: string[] }>(await desk.send(versionId, bytes)).clipIds).toHaveLength(1);
    expect(await step()).toEqual(recorded);
    await desk.editor.post(`/api/versions/${versionId}/clips`);
    const read = await step();
    expect(read).not.toEqual(recorded);
    await desk.send(versionId, bytes, '-i');
    expect(await step()).toEqual(recorded);
    await desk.editor.post(`/api/versions/${versionId}/clips`);
    expect(await step()).toEqual(read);
    expect(await desk.clips(versionId)).toHaveLength(2);
  });

  it('is refused at the door when it is no sound, too much, nobody’s, or for nothing', async () => {
    const versionId = await desk.version();
    const code = (answer: Answer) => [answer.status, json<{ code: string }>(answer).code];
    const secret = join(desk.house.app.get(Config).dataDir, 'loa.sqlite');
    for (const text of [
      '',
      `ffconcat version 1.0\nfile '${secret}'\n`,
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${secret}\n`,
      '<html><body>404</body></html>',
      '#!/bin/sh\nrm -rf /\n',
      `${' '.repeat(5_000)}ffconcat version 1.0`,
    ]) {
      expect(code(await desk.send(versionId, Buffer.from(text)))).toEqual([422, 'not-sound']);
    }
    const tooMuch = Buffer.concat([files.sound('dau.mp3', 1), Buffer.alloc(200_000_001)]);
    expect(code(await desk.send(versionId, tooMuch))).toEqual([413, 'recording-too-large']);

    const sound = files.sound('tot.mp3', 1);
    const missing = '01900000-0000-7000-8000-000000000000';
    expect(code(await desk.send(missing, sound))).toEqual([404, 'not-found']);
    expect(code(await desk.send(await desk.version('Bài đăng.', 'fanpage'), sound))).toEqual([422, 'no-sound']);
    expect((await desk.send(versionId, sound, 'x', desk.house.stranger())).status).toBe(401);
    expect((await desk.send(versionId, sound, 'x', await desk.house.person('approver'))).status).toBe(403);
    const bare = await desk.editor.post(`/api/versions/${versionId}/clips/upload`, { tep: 'x' });
    expect(code(bare)).toEqual([400, 'no-file']);
    const form = new FormData();
    form.append('tep', 'not a file');
    expect(code(await desk.editor.post(`/api/versions/${versionId}/clips/upload`, form))).toEqual([400, 'no-file']);
    expect(await desk.clips(versionId)).toEqual([]);
    expect(desk.leftovers()).toEqual([]);
  });

  it('what is wrong inside makes a failed clip with a reason, and the next recording is made all the same', async () => {
    const lying = files.sound('khai-man.wav', 2);
    lying.writeUInt32LE(0xfffffff0, lying.indexOf('data') + 4);
    const notes: [string, Buffer, RegExp | null][] = [
      ['a video', files.video('phim.mp4'), /video/],
      ['a video that calls itself mp3', files.video('phim.mkv'), /video/],
      ['two hours of silence in a small file', files.silence('cam.flac', 7_200), /60 phút/],
      ['silence', files.silence('cam.wav', 5), /không có tiếng/],
      [
        'letters behind a tag',
        Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0'), Buffer.alloc(9_000, 'chữ')]),
        /không phải âm thanh/,
      ],
      ['a header alone', files.sound('dau.flac', 2).subarray(0, 42), /không phải âm thanh|không có tiếng/],
      ['a header that lies about the length', lying, null],
      ['a cover of 50,000 pixels', files.hugeCover(), null],
    ];
    const versions = new Map<string, string>();
    for (const [what, bytes] of notes) {
      const versionId = await desk.version();
      expect([what, (await desk.send(versionId, bytes)).status]).toEqual([what, 202]);
      versions.set(what, versionId);
    }
    await desk.house.drain();
    for (const [what, , reason] of notes) {
      const [clip] = await desk.clips(versions.get(what)!);
      if (reason === null) expect([what, clip?.state, clip?.reason]).toEqual([what, 'ready', null]);
      else expect([what, clip?.state, clip?.reason]).toEqual([what, 'failed', expect.stringMatching(reason)]);
    }
    expect(desk.leftovers()).toEqual([]);
  });

  it('cut and damaged by the hundred: each is a clip by the book or a refusal, and nothing is left lying', async () => {
    let seed = 20_261_124;
    const random = (below: number) => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) % below;
    const kinds = [
      files.sound('a.mp3', 1.6),
      files.sound('a.wav', 1.6, ['-ar', '8000']),
      files.sound('a.m4a', 1.6),
      files.sound('a.ogg', 1.6, ['-c:a', 'libvorbis']),
      files.sound('a.flac', 1.6, ['-ar', '8000']),
      files.sound('a.webm', 1.6, ['-c:a', 'libopus']),
    ];
    const versionId = await desk.version();
    const statuses: number[] = [];
    for (let n = 0; n < 102; n++) {
      const bytes = Buffer.from(kinds[n % kinds.length]!);
      const damaged = n % 3 === 0 ? bytes.subarray(0, 1 + random(bytes.length)) : bytes;
      for (let flip = 0; flip < (n % 3) * 12; flip++) damaged[random(damaged.length)]! ^= 1 << random(8);
      statuses.push((await desk.send(versionId, damaged)).status);
    }
    expect(statuses.every((status) => [202, 422].includes(status))).toBe(true);
    await desk.house.drain();
    const clips = await desk.clips(versionId);
    expect(clips.length).toBeGreaterThan(60);
    for (const clip of clips) {
      if (clip.state === 'ready') expect(Math.abs(clip.integratedLufs! + 16)).toBeLessThanOrEqual(0.5);
      else expect([clip.state, clip.reason]).toEqual(['failed', expect.stringMatching(/^[A-ZĐ].{10,}\.$/s)]);
    }
    expect(clips.some((clip) => clip.state === 'ready')).toBe(true);
    expect(desk.leftovers()).toEqual([]);
    const fine = await desk.version();
    await desk.send(fine, kinds[0]!);
    await desk.house.drain();
    expect((await desk.clips(fine))[0]?.state).toBe('ready');
  }, 240_000);
});

(bundled?.refused.length ? describe : describe.skip)('with an ffmpeg of 2018', () => {
  it('recordings are refused before they are opened, scripts are still read aloud', async () => {
    const desk = await Desk.open({ LOA_FFMPEG: bundled!.path });
    try {
      const versionId = await desk.version('Chào bà con.');
      const answer = await desk.send(versionId, Buffer.from('ID3'));
      expect([answer.status, json<{ code: string }>(answer).code]).toEqual([503, 'uploads-refused']);
      await desk.editor.post(`/api/versions/${versionId}/clips`);
      await desk.house.drain();
      expect((await desk.clips(versionId)).map((clip) => clip.state)).toEqual(['ready']);
    } finally {
      await desk.house.close();
    }
  });
});
