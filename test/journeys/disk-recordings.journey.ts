import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MediaCleanup } from '../../src/audio/maintenance/media-cleanup.service.js';
import { UploadQuota } from '../../src/audio/clips/upload-quota.service.js';
import { Database } from '../../src/database/database.js';
import { Receptions, RECEPTIONS_PER_PERSON } from '../../src/http/limits/receptions.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
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
  /** Runs all due jobs; the second attempt of a clip follows a little after the first. */
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
    // Half a megabyte uploaded, five when decoded.
    expect((await desk.send(versionId, files.sound('phut.mp3', 60))).status).toBe(202);
    disk!.grow(3);
    await tries(3);
    const failed = await only(versionId);
    expect(failed).toMatchObject({ state: 'failed', sha256: null, reason: expect.stringMatching(FULL) });
    expect(desk.leftovers()).toEqual([failed.id]);
    const cleanup = desk.house.app.get(MediaCleanup);
    expect(await cleanup.needsRecording(failed.id)).toBe(true);
    disk!.grow(64);
    await again(versionId);
    expect(await cleanup.needsRecording(failed.id)).toBe(false);
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

const tight = SmallDisk.make(64);

describeOn(tight)('recordings and clips on a disk that is short of space', () => {
  const RESERVE_MB = 20;
  let desk: RecordingDesk;
  let files: StrangeFiles;
  beforeAll(async () => {
    const room = { LOA_RESERVE_MB: String(RESERVE_MB), LOA_UPLOAD_QUOTA_MB: '2' };
    desk = await RecordingDesk.open({ ...copy!.env, ...room, LOA_MEDIA_DIR: tight!.folder });
    files = new StrangeFiles(copy!.path);
  });
  afterAll(async () => {
    files.close();
    await desk.house.close();
    tight!.close();
  });
  const told = (answer: Answer) => [answer.status, json<{ code: string }>(answer).code];
  /** Leaves this much free space, whatever is there. */
  const leave = (megabytes: number) => {
    const ballast = join(tight!.folder, 'ballast');
    rmSync(ballast, { force: true });
    const { bavail, bsize } = statfsSync(tight!.folder);
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - megabytes * 1_000_000)));
    desk.house.clock.advance(1_000);
  };
  const states = async (versionId: string) => (await desk.clips(versionId)).map(({ state }) => state);
  const head = '--x\r\ncontent-disposition: form-data; name="tep"; filename="a.wav"\r\n\r\n';
  const wav = (bytes: number) =>
    Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), randomBytes(bytes)]) as Uint8Array<ArrayBuffer>;
  /** Sent in pieces, without a declared length. */
  const drip = async (versionId: string, sound: Uint8Array<ArrayBuffer>) => {
    const path = `/api/versions/${versionId}/clips/upload`;
    const body = new Blob([head, sound, '\r\n--x--\r\n']).stream();
    const answer = await desk.editor.stream(path, body, 'multipart/form-data; boundary=x');
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };

  it('below the reserve ordinary recordings and clips are refused with a sentence; an emergency is made, and words are still saved', async () => {
    const plain = await desk.version('Ổ đĩa sắp đầy.');
    const urgent = await desk.version('Nước lũ lên nhanh.', 'ward-loudspeaker', await desk.campaign('emergency'));
    leave(RESERVE_MB - 3);
    const sound = files.sound('gap.mp3', 4);
    const refused = await desk.send(plain, sound);
    expect(told(refused)).toEqual([503, 'no-room']);
    expect(json<{ message: string }>(refused).message).toMatch(
      /^Máy chủ sắp hết chỗ trống \(còn 1\d MB, phải giữ lại 20 MB cho cơ sở dữ liệu và phát khẩn cấp\)/,
    );
    expect(told(await desk.editor.post(`/api/versions/${plain}/clips`))).toEqual([503, 'no-room']);
    expect([await states(plain), desk.leftovers()]).toEqual([[], []]);

    expect((await desk.editor.post(`/api/versions/${urgent}/clips`)).status).toBe(202);
    expect((await desk.send(urgent, sound)).status).toBe(202);
    await desk.house.drain();
    expect(await states(urgent)).toEqual(['ready', 'ready']);
    await desk.version('Bài này vẫn lưu được.');

    // The space reserved for the database is refused to emergencies too.
    leave(1);
    expect(told(await desk.send(urgent, files.sound('khac.mp3', 3)))).toEqual([503, 'no-room']);
    expect(desk.leftovers()).toEqual([]);
    leave(40);
    expect((await desk.send(plain, sound)).status).toBe(202);
    await desk.house.drain();
    expect(await states(plain)).toEqual(['ready']);
  });

  it('a recording that would eat into the reserve is cut off while it comes, and nothing of it stays', async () => {
    const versionId = await desk.version('Đang nhận thì hết chỗ.');
    leave(RESERVE_MB + 0.5);
    const free = () => statfsSync(tight!.folder).bavail;
    const before = free();
    expect(await drip(versionId, wav(1_900_000))).toEqual([503, 'no-room']);
    expect([await states(versionId), desk.leftovers(), free()]).toEqual([[], [], before]);
  });

  it('a clip that was ordered in time is not made below the reserve, and is when there is room', async () => {
    leave(40);
    const versionId = await desk.version('Đặt lúc còn chỗ.');
    expect((await desk.editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    leave(RESERVE_MB - 3);
    for (let n = 0; n < 3; n++) {
      await desk.house.drain();
      desk.house.clock.advance(60_000);
    }
    const [clip] = await desk.clips(versionId);
    expect(clip).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^Máy chủ sắp hết chỗ trống/) });
    const retry = () => desk.editor.post(`/api/versions/${versionId}/clips/${clip!.id}/retry`, { reason: 'đã dọn' });
    expect(told(await retry())).toEqual([503, 'no-room']);
    leave(40);
    expect((await retry()).status).toBe(202);
    await desk.house.drain();
    expect(await states(versionId)).toEqual(['ready']);
  });

  it('one person has so many bytes waiting and unused; a finished clip takes less, and an approved one nothing', async () => {
    leave(40);
    const person = await desk.house.person('editor');
    const other = await desk.house.person('editor');
    const versionId = await desk.version('Nhiều bản thu.');
    const [one, two] = [8, 9].map((seconds) => files.sound(`${seconds}.wav`, seconds, ['-ar', '48000', '-ac', '2']));
    expect((await desk.send(versionId, one!, 'a', person)).status).toBe(202);
    const refused = await desk.send(versionId, two!, 'b', person);
    expect(told(refused)).toEqual([409, 'upload-quota']);
    expect(json<{ message: string }>(refused).message).toMatch(/^Bạn đang để 2 MB bản thu .* nhiều nhất 2 MB/);
    expect((await desk.send(versionId, two!, 'b', other)).status).toBe(202);
    await desk.house.drain();
    expect(
      (await desk.send(versionId, files.sound('7.wav', 7, ['-ar', '48000', '-ac', '2']), 'c', person)).status,
    ).toBe(202);
    await desk.house.drain();

    const quota = desk.house.app.get(UploadQuota);
    const em = desk.house.app.get(Database).read();
    const accountId = json<{ id: string }>(await person.get('/api/session')).id;
    const used = await quota.usedBytes(em, accountId);
    expect(used).toBeGreaterThan(100_000);
    expect(used).toBeLessThan(500_000);
    await desk.house.app
      .get(Database)
      .write((tx) => tx.update(ScriptVersion, { id: versionId }, { state: 'approved' }));
    expect(await quota.usedBytes(em, accountId)).toBe(0);
  });

  it('one person sends so many at once; the next is told when to come again', async () => {
    leave(40);
    const versionId = await desk.version('Gửi cùng lúc.');
    const path = `/api/versions/${versionId}/clips/upload`;
    const ends: (() => void)[] = [];
    const held = Array.from({ length: RECEPTIONS_PER_PERSON }, () => {
      const body = new ReadableStream<Uint8Array>({
        start(line) {
          line.enqueue(Buffer.concat([Buffer.from(head), wav(5_000)]));
          ends.push(() => line.close());
        },
      });
      return desk.editor.stream(path, body, 'multipart/form-data; boundary=x');
    });
    const receptions = desk.house.app.get(Receptions);
    while (receptions.count < RECEPTIONS_PER_PERSON) await new Promise((next) => setTimeout(next, 10));
    const sound = files.sound('nua.mp3', 2);
    const refused = await desk.send(versionId, sound);
    expect(told(refused)).toEqual([429, 'too-many-receptions']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await desk.send(versionId, sound, 'x', await desk.house.person('editor'))).status).toBe(202);
    for (const end of ends) end();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual(held.map(() => 400));
    expect((await desk.send(versionId, files.sound('nua2.mp3', 2))).status).toBe(202);
    await desk.house.drain();
    expect(desk.leftovers()).toEqual([]);
  });
});
