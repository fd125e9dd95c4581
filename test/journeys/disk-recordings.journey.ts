import { randomBytes } from 'node:crypto';
import { MediaKeeper } from '../../src/audio/media-keeper.service.js';
import { type Answer, json } from '../support/client.js';
import { ffmpegCopies } from '../support/ffmpeg-copies.js';
import { RecordingDesk } from '../support/recording-desk.js';
import { describeOn, SmallDisk } from '../support/small-disk.js';
import { StrangeFiles } from '../support/strange-files.js';

const disk = SmallDisk.make(64);
const [copy] = await ffmpegCopies();
const FULL = /^Ổ đĩa .*đã đầy\. Hãy giải phóng chỗ rồi thử lại\.$/;
const READ_ONLY = /^Không ghi được vào thư mục .*\. Hãy kiểm tra quyền ghi của thư mục này\.$/;

describeOn(disk)('recordings and a media folder on a small disk', () => {
  let desk: RecordingDesk;
  let files: StrangeFiles;
  beforeAll(async () => {
    desk = await RecordingDesk.open({ ...copy!.env, LOA_MEDIA_DIR: disk!.folder });
    files = new StrangeFiles(copy!.path);
  });
  afterAll(async () => {
    files.close();
    await desk.house.close();
    disk!.close();
  });
  const told = (answer: Answer) => {
    const { code, message } = json<{ code: string; message: string }>(answer);
    return [answer.status, code, message];
  };
  /** Runs what is due; the first try of a clip is followed by the second a little later. */
  const tries = async (count: number) => {
    for (let n = 0; n < count; n++) {
      await desk.house.drain();
      desk.house.clock.advance(60_000);
    }
  };
  const only = async (versionId: string) => {
    const clips = await desk.clips(versionId);
    expect(clips).toHaveLength(1);
    return clips[0]!;
  };
  const again = async (versionId: string) => {
    const { id } = await only(versionId);
    const retry = await desk.editor.post(`/api/versions/${versionId}/clips/${id}/retry`, { reason: 'đã có chỗ' });
    expect(retry.status).toBe(202);
    await tries(1);
    expect(await only(versionId)).toMatchObject({ id, state: 'ready', reason: null });
    expect(desk.leftovers()).toEqual([]);
  };

  it('that is full refuses a recording at the door, leaves nothing of it, and takes it when there is room', async () => {
    const versionId = await desk.version('Ổ đĩa đầy khi đang nhận.');
    disk!.grow(4);
    const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), randomBytes(9_000_000)]);
    expect(told(await desk.send(versionId, wav))).toEqual([503, 'media-full', expect.stringMatching(FULL)]);
    expect([await desk.clips(versionId), desk.leftovers()]).toEqual([[], []]);
    disk!.grow(64);
    expect((await desk.send(versionId, files.sound('vua.mp3', 5))).status).toBe(202);
    await tries(1);
    expect(await only(versionId)).toMatchObject({ state: 'ready' });
  });

  it('that fills up while a recording is mastered keeps the recording, and makes the clip when there is room', async () => {
    const versionId = await desk.version('Ổ đĩa đầy khi đang dựng.');
    // Half a megabyte as it comes, five when decoded.
    expect((await desk.send(versionId, files.sound('phut.mp3', 60))).status).toBe(202);
    disk!.grow(3);
    await tries(3);
    const failed = await only(versionId);
    expect(failed).toMatchObject({ state: 'failed', sha256: null, reason: expect.stringMatching(FULL) });
    expect(desk.leftovers()).toEqual([failed.id]);
    const keeper = desk.house.app.get(MediaKeeper);
    expect(await keeper.needsRecording(failed.id)).toBe(true);
    disk!.grow(64);
    await again(versionId);
    expect(await keeper.needsRecording(failed.id)).toBe(false);
  });

  it('that is read-only refuses a recording with a reason, and takes it when it is not', async () => {
    const versionId = await desk.version('Thư mục chỉ đọc khi đang nhận.');
    const sound = files.sound('gon.mp3', 4);
    disk!.readOnly(true);
    expect(told(await desk.send(versionId, sound))).toEqual([503, 'media-read-only', expect.stringMatching(READ_ONLY)]);
    expect(await desk.clips(versionId)).toEqual([]);
    disk!.readOnly(false);
    expect((await desk.send(versionId, sound)).status).toBe(202);
    await tries(1);
    expect(await only(versionId)).toMatchObject({ state: 'ready' });
  });

  it('that turns read-only before a recording is mastered keeps the recording, and makes the clip when it is not', async () => {
    const versionId = await desk.version('Thư mục chỉ đọc khi đang dựng.');
    expect((await desk.send(versionId, files.sound('sau.mp3', 4))).status).toBe(202);
    disk!.readOnly(true);
    await tries(3);
    const failed = await only(versionId);
    expect(failed).toMatchObject({ state: 'failed', sha256: null, reason: expect.stringMatching(READ_ONLY) });
    disk!.readOnly(false);
    expect(desk.leftovers()).toEqual([failed.id]);
    await again(versionId);
  });
});
