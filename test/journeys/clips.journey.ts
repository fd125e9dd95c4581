import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, json } from '../support/client.js';
import { ffmpegCopies } from '../support/ffmpeg-copies.js';
import { RecordingDesk } from '../support/recording-desk.js';
import { StrangeFiles } from '../support/strange-files.js';

const copies = await ffmpegCopies();
const code = (answer: Answer) => [answer.status, json<{ code: string }>(answer).code];

describe.each(copies)('recordings of people, with $what', ({ path, env }) => {
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

  it.each([
    ['giong-doc.mp3', []],
    ['giong-doc.wav', []],
    ['giong-doc.m4a', ['-c:a', 'aac']],
    ['giong-doc.ogg', ['-c:a', 'libvorbis']],
    ['giong-doc.flac', []],
    ['trinh-duyet.webm', ['-c:a', 'libopus']],
    // As a browser records it: no length in the header, no index at the end.
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
});

describe('at the door', () => {
  it('a recording that is too much, nobody’s, or for nothing is refused', async () => {
    const { path, env } = copies[0]!;
    const desk = await RecordingDesk.open(env);
    const files = new StrangeFiles(path);
    try {
      const versionId = await desk.version();
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
      // The body ends in the middle of the file, and the connection stays open.
      const head = '--x\r\ncontent-disposition: form-data; name="tep"; filename="a.mp3"\r\n\r\n';
      const cut = await desk.editor.stream(
        `/api/versions/${versionId}/clips/upload`,
        new Blob([head, sound as Uint8Array<ArrayBuffer>]).stream(),
        'multipart/form-data; boundary=x',
      );
      expect([cut.status, ((await cut.json()) as { code: string }).code]).toEqual([400, 'cut-off']);
      expect(await desk.clips(versionId)).toEqual([]);
      expect(desk.leftovers()).toEqual([]);
    } finally {
      files.close();
      await desk.house.close();
    }
  });

  it('an ffmpeg of 2018 that nobody has vouched for is shown no recording; scripts are still read aloud', async () => {
    // The ffmpeg of this machine, whatever its version, is declared to be old.
    const folder = mkdtempSync(join(tmpdir(), 'loa-old-'));
    const old = join(folder, 'ffmpeg');
    const says = 'ffmpeg version 4.0 Copyright (c) 2000-2018 the FFmpeg developers';
    writeFileSync(
      old,
      `#!/bin/sh\n[ "$*" = "-hide_banner -version" ] && echo "${says}" || exec "${copies[0]!.path}" "$@"\n`,
    );
    chmodSync(old, 0o755);
    const desk = await RecordingDesk.open({ LOA_FFMPEG: old });
    try {
      const versionId = await desk.version('Chào bà con.');
      const answer = await desk.send(versionId, Buffer.from('ID3'));
      expect(code(answer)).toEqual([503, 'uploads-refused']);
      expect(json<{ message: string }>(answer).message).toMatch(
        /^Máy chủ chưa nhận tệp thu âm, .* Xin nhờ quản trị viên cài bản mới/,
      );
      await desk.editor.post(`/api/versions/${versionId}/clips`);
      await desk.house.drain();
      expect((await desk.clips(versionId)).map((clip) => clip.state)).toEqual(['ready']);
    } finally {
      await desk.house.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
