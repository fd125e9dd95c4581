import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Config } from '../../src/config/config.js';
import { RENDER_CLIP } from '../../src/audio/clips/render-clip.job.js';
import { Uploads } from '../../src/audio/clips/uploads.service.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { json } from '../support/client.js';
import { ffmpegCopies } from '../support/ffmpeg-copies.js';
import { RecordingDesk } from '../support/recording-desk.js';
import { silentFlac } from '../support/silent-flac.js';
import { StrangeFiles } from '../support/strange-files.js';

const DAY_SECONDS = 86_400;
const SENTENCES = {
  'not-sound': 'Tệp này không phải âm thanh dùng được. Các loại nhận: mp3, wav, flac, ogg, m4a, webm.',
  'is-video': 'Đây là tệp video. Hãy tách phần âm thanh ra (mp3 hoặc m4a) rồi tải lên.',
  'too-long': 'Bản thu dài quá 60 phút.',
  'too-short': 'Bản thu ngắn chưa đến một giây. Hãy thu lại.',
  'silent-recording': 'Bản thu không có tiếng. Hãy kiểm tra micro rồi thu lại.',
};

/** A tag of so many bytes, behind which an mp3 begins. */
function tag(bytes: number): Buffer {
  const size = [21, 14, 7, 0].map((bits) => (bytes >> bits) & 0x7f);
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...size]), Buffer.alloc(bytes)]);
}

describe.each(await ffmpegCopies())('files of strangers, with $what', ({ path, env }) => {
  let desk: RecordingDesk;
  let files: StrangeFiles;
  beforeAll(async () => {
    desk = await RecordingDesk.open(env);
    files = new StrangeFiles(path);
  });
  afterAll(async () => {
    files.close();
    await desk.house.close();
  });

  /** A WAV whose header contradicts its content. */
  const lying = (change: (head: Buffer, fmt: number, data: number) => void): Buffer => {
    const wav = files.sound('khai.wav', 2);
    change(wav, wav.indexOf('fmt ') + 8, wav.indexOf('data') + 4);
    return wav;
  };

  it('what cannot air is 422 with its reason at once; the clip that is being made meanwhile does not notice', async () => {
    const secret = join(desk.house.app.get(Config).dataDir, 'loa.sqlite');
    const list = `ffconcat version 1.0\nfile '${secret}'\nfile sound\nfile upload\n`;
    const stream = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${secret}\n#EXTINF:10,\nupload\n`;
    const text = (content: string) => Buffer.from(content);
    const refused: [string, Buffer, keyof typeof SENTENCES][] = [
      ['nothing', text(''), 'not-sound'],
      ['one letter', text('R'), 'not-sound'],
      ['a list that names a sibling', text(list), 'not-sound'],
      ['a stream that names a sibling', text(stream), 'not-sound'],
      ['a list behind 5,000 spaces', text(' '.repeat(5_000) + list), 'not-sound'],
      ['a list behind the tag of an mp3', Buffer.concat([tag(20), text(list)]), 'not-sound'],
      ['a stream behind the tag of an mp3', Buffer.concat([tag(9_000), text(stream)]), 'not-sound'],
      ['a list in the cloak of a WAV', Buffer.concat([text('RIFF....WAVE'), text(list)]), 'not-sound'],
      ['a list in the cloak of an m4a', Buffer.concat([text('\0\0\0\x20ftypM4A '), text(list)]), 'not-sound'],
      ['a page', text('<html><body>404</body></html>'), 'not-sound'],
      ['a script', text('#!/bin/sh\nrm -rf /\n'), 'not-sound'],
      ['letters behind a tag', Buffer.concat([tag(0), Buffer.alloc(9_000, 'chữ')]), 'not-sound'],
      ['a header alone', files.sound('dau.flac', 2).subarray(0, 42), 'not-sound'],
      ['a head that says 65,535 channels', lying((wav, fmt) => wav.writeUInt16LE(65_535, fmt + 2)), 'not-sound'],
      ['a head that says no samples a second', lying((wav, fmt) => wav.writeUInt32LE(0, fmt + 4)), 'not-sound'],
      ['a head that names a picture as its code', lying((wav, fmt) => wav.writeUInt16LE(0x4d, fmt)), 'not-sound'],
      ['a video', files.video('phim.mp4'), 'is-video'],
      ['a video that calls itself mp3', files.video('phim.mkv'), 'is-video'],
      ['a video of a browser', files.video('phim.webm', ['-c:v', 'libvpx', '-c:a', 'libopus']), 'is-video'],
      ['a video without sound', files.video('cam.mp4', ['-c:v', 'mpeg4', '-an']), 'not-sound'],
      ['a day of silence', silentFlac(DAY_SECONDS), 'too-long'],
      ['a day of silence that says it is a second', silentFlac(DAY_SECONDS, 44_100), 'too-long'],
      ['a day of silence that does not say', silentFlac(DAY_SECONDS, 0), 'too-long'],
      ['a second of silence that says it is a day', silentFlac(2, DAY_SECONDS * 44_100), 'silent-recording'],
      ['silence', files.silence('cam.wav', 5), 'silent-recording'],
      ['half a second', files.sound('ngan.wav', 0.5), 'too-short'],
    ];
    const other = await desk.version('Trong lúc ấy bản này vẫn được dựng. Mời bà con nghe.');
    const { clipIds } = json<{ clipIds: string[] }>(await desk.editor.post(`/api/versions/${other}/clips`));
    const making = desk.house.drain();
    const versionId = await desk.version();
    for (const [what, bytes, code] of refused) {
      const answer = await desk.send(versionId, bytes);
      const said = json<{ code: string; message: string }>(answer);
      expect([what, answer.status, said.code, said.message]).toEqual([what, 422, code, SENTENCES[code]]);
    }
    expect(await desk.clips(versionId)).toEqual([]);
    await making;
    expect(await desk.clips(other)).toMatchObject([{ state: 'ready', reason: null }]);
    const job = await desk.house.app.get(Jobs).find(RENDER_CLIP, clipIds[0]!);
    expect(job).toMatchObject({ state: 'done', attempt: 1 });
    expect(desk.leftovers()).toEqual([]);
  }, 240_000);

  it('of what is longer than 200 MB no more is read and kept, whoever hands it over', async () => {
    const versionId = await desk.version();
    let handed = 0;
    const endless = function* () {
      yield files.sound('dau.wav', 1);
      for (const silence = Buffer.alloc(1_000_000); handed < 300; handed++) yield silence;
    };
    const recording = { announcedBytes: undefined, open: () => Promise.resolve(Readable.from(endless())) };
    const sent = desk.house.app.get(Uploads).receive(systemActor('thử nghiệm'), versionId, recording);
    await expect(sent).rejects.toMatchObject({ kind: 'too-large', code: 'recording-too-large' });
    expect(handed).toBeLessThan(240);
    expect(desk.leftovers()).toEqual([]);
  });

  it('a lie or a cover that does no harm airs as what is in the file, whatever it is called', async () => {
    const taken: [string, Buffer, string][] = [
      ['a length of 4 GB', lying((wav, _fmt, data) => wav.writeUInt32LE(0xfffffff0, data)), '-i'],
      ['a length of nothing', lying((wav, _fmt, data) => wav.writeUInt32LE(0, data)), '../../../../etc/passwd'],
      ['a cover of 50,000 pixels', files.hugeCover(), '$(reboot).mp3'],
      ['a cover in an mp3', files.withCover('bia.mp3'), 'bia.png'],
      ['a cover in an m4a', files.withCover('bia.m4a'), 'bia.mp4'],
      ['a cover in a flac', files.withCover('bia.flac'), ''],
      ['an ordinary sound', files.sound('thuong.mp3', 2), `-f concat -safe 0 -i x ${'x'.repeat(3_000)}\n.mp3`],
    ];
    for (const [what, bytes, name] of taken) {
      const versionId = await desk.version();
      const answer = await desk.send(versionId, bytes, name);
      expect([what, answer.status]).toEqual([what, 202]);
      await desk.house.drain();
      const [clip] = await desk.clips(versionId);
      expect([what, clip?.state, clip?.reason]).toEqual([what, 'ready', null]);
      expect(clip!.durationMs).toBeLessThan(3_500);
    }
    expect(desk.leftovers()).toEqual([]);
  }, 120_000);

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
    const refusal = /^[A-ZĐ].{10,}\.$/s;
    let taken = 0;
    for (let n = 0; n < 102; n++) {
      const bytes = Buffer.from(kinds[n % kinds.length]!);
      const damaged = n % 3 === 0 ? bytes.subarray(0, 1 + random(bytes.length)) : bytes;
      for (let flip = 0; flip < (n % 3) * 12; flip++) damaged[random(damaged.length)]! ^= 1 << random(8);
      // A person sends that many in an hour, not in a minute.
      desk.house.clock.advance(20_000);
      const answer = await desk.send(versionId, damaged);
      if (answer.status === 202) taken++;
      else
        expect([answer.status, json<{ message: string }>(answer).message]).toEqual([
          422,
          expect.stringMatching(refusal),
        ]);
    }
    await desk.house.drain();
    const clips = await desk.clips(versionId);
    expect([clips.length, taken > 30, taken < 102]).toEqual([taken, true, true]);
    for (const clip of clips) {
      if (clip.state === 'ready') expect(Math.abs(clip.integratedLufs! + 16)).toBeLessThanOrEqual(0.5);
      else expect([clip.state, clip.reason]).toEqual(['failed', expect.stringMatching(refusal)]);
    }
    expect(clips.some((clip) => clip.state === 'ready')).toBe(true);
    expect(desk.leftovers()).toEqual([]);
    const fine = await desk.version();
    await desk.send(fine, kinds[0]!);
    await desk.house.drain();
    expect((await desk.clips(fine))[0]?.state).toBe('ready');
  }, 240_000);
});
