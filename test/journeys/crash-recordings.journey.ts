import { createHash } from 'node:crypto';
import { In } from 'typeorm';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Job } from '../../src/jobs/job.entity.js';
import { json } from '../support/client.js';
import { ffmpegCopies } from '../support/ffmpeg-copies.js';
import { KillableOffice } from '../support/killable-office.js';
import { letTimePass, lyingIn, wholeFiles, withRows } from '../support/killed-server.js';
import { announcement, clipsOf, script } from '../support/served-office.js';
import { until } from '../support/serve-process.js';
import { StrangeFiles } from '../support/strange-files.js';

/** Time to repeat all the work on a slow machine. */
const TAKEN_OVER_MS = 150_000;
const SECONDS = 90;
const [copy] = await ffmpegCopies();

/** A moment of the rendering: its stage as a person sees it, and its progress. */
type Moment = readonly [stage: string, percent: number];

describe('a server that is killed', () => {
  let files: StrangeFiles;
  let house: KillableOffice;

  beforeAll(async () => {
    files = new StrangeFiles(copy!.path);
    house = await KillableOffice.open(copy!.env);
  }, 180_000);
  afterAll(async () => {
    await house.close();
    files.close();
  });

  const powerCut = async () => {
    await house.powerCut();
    await house.restart();
  };

  /**
   * Orders clips, kills the server at one moment of each, and waits for it: made once, complete, and with no other
   * files. A clip that was finished before the kill is ordered again.
   */
  const killedAt = async (moments: readonly Moment[], ask: (n: number) => Promise<string>) => {
    const { editor } = house.people;
    const before = wholeFiles(house.place);
    const asked: string[] = [];
    for (const moment of moments) {
      for (let found = false; !found;) {
        const versionId = await ask(asked.length);
        asked.push(versionId);
        found = await comesTo(versionId, moment);
      }
      await powerCut();
      const versionId = asked.at(-1)!;
      const lost = (await clipsOf(editor, versionId)).filter(({ state }) => state !== 'ready');
      for (const clip of lost) expect(clip).toMatchObject({ state: 'waiting', sha256: null, durationMs: null });
      expect(lost.length).toBeGreaterThan(0);
      // As if the power had been off for longer than the lease.
      await letTimePass(house.place, 60_000);
      const made = async () => (await clipsOf(editor, versionId)).every(({ state }) => state !== 'waiting');
      await until(made, TAKEN_OVER_MS, 'nobody takes over');
      const again = await withRows(house.place, (database) =>
        database.read().findBy(Job, { key: In(lost.map(({ id }) => id)) }),
      );
      expect(again.map(({ state, attempt }) => [state, attempt])).toEqual(lost.map(() => ['done', 2]));
    }
    const clips = (await Promise.all(asked.map((versionId) => clipsOf(editor, versionId)))).flat();
    expect(clips.map(({ state }) => state)).toEqual(clips.map(() => 'ready'));
    expect(wholeFiles(house.place).sort()).toEqual([...before, ...new Set(clips.map(({ sha256 }) => sha256!))].sort());
    for (const { sha256 } of clips) {
      const file = await editor.get(`/api/clips/${sha256}.mp3`);
      expect(createHash('sha256').update(file.bytes).digest('hex')).toBe(sha256);
    }
    await until(() => lyingIn(house.place, 'tmp').length === 0, 10_000, 'half-made things lie about');
    return clips;
  };

  /** False when it was finished before the moment was observed. */
  const comesTo = async (versionId: string, [stage, percent]: Moment): Promise<boolean> => {
    let isOver = false;
    const reached = async () => {
      const clips = await clipsOf(house.people.editor, versionId);
      isOver = clips.every(({ state }) => state !== 'waiting');
      return isOver || clips.some(({ progress }) => progress?.stage === stage && progress.percent >= percent);
    };
    await until(reached, TAKEN_OVER_MS, `${stage} does not begin`, 5);
    return !isOver;
  };

  const upload = (versionId: string, bytes: Uint8Array) => {
    const form = new FormData();
    form.append('tep', new Blob([bytes as Uint8Array<ArrayBuffer>]), 'thu.mp3');
    return house.people.editor.post(`/api/versions/${versionId}/clips/upload`, form);
  };

  it('while a recording comes in: there is no clip, nothing of it is left, and it can be sent again', async () => {
    const { editor } = house.people;
    const versionId = await script(house.people, 'Người gửi bản thu bị mất điện.');
    const bytes = files.sound('gui.mp3', 20);
    // Half of it, and then nothing more: the server waits.
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from('--x\r\ncontent-disposition: form-data; name="tep"; filename="a.mp3"\r\n\r\n'));
        controller.enqueue(bytes.subarray(0, bytes.length / 2));
        begin();
      },
    });
    const sending = editor.stream(`/api/versions/${versionId}/clips/upload`, stream, 'multipart/form-data; boundary=x');
    const broken = expect(sending).rejects.toThrow();
    await begun;
    await until(() => lyingIn(house.place, 'tmp').length > 0, 20_000, 'nothing comes in', 5);
    await powerCut();
    await broken;
    expect(await clipsOf(editor, versionId)).toEqual([]);
    await until(() => lyingIn(house.place, 'tmp').length === 0, 10_000, 'half a recording lies about');
    expect([lyingIn(house.place, 'uploads'), wholeFiles(house.place)]).toEqual([[], []]);
    expect((await upload(versionId, bytes)).status).toBe(202);
    await until(async () => (await clipsOf(editor, versionId))[0]?.state === 'ready', 60_000, 'it is not made');
  }, 120_000);

  it('in the middle of mastering a recording: it is made once, from the recording that waited', async () => {
    const moments: Moment[] = [
      ['Đang ghép tiếng và nhạc hiệu', 0],
      ['Đang chỉnh âm lượng', 30],
      ['Đang ghi tệp mp3', 60],
      ['Đang đo lại tệp đã ghi', 88],
    ];
    const clips = await killedAt(moments, async (n) => {
      const versionId = await script(house.people, `Bản thu số ${n + 1} của phường.`);
      // Each another recording: as long, but not the same.
      const answer = await upload(versionId, files.sound(`dai-${n}.mp3`, SECONDS + n));
      expect([answer.status, json(answer)]).toEqual([202, { clipIds: [expect.any(String)] }]);
      return versionId;
    });
    expect(clips.map(({ durationMs }) => Math.round(durationMs! / 1000))).toEqual(clips.map((_, n) => SECONDS + n));
    expect(lyingIn(house.place, 'uploads')).toEqual([]);
  }, 600_000);

  it('in the middle of a clip over music: it is made once', async () => {
    const moments: Moment[] = [
      ['Đang đọc từng câu', 20],
      ['Đang ghép tiếng và nhạc hiệu', 46],
      ['Đang chỉnh âm lượng', 53],
      ['Đang ghi tệp mp3', 60],
      ['Đang đo lại tệp đã ghi', 88],
    ];
    const words = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười'];
    const clips = await killedAt(moments, async (n) => {
      const versionId = await script(house.people, announcement(`nhạc ${words[n]}`, 6), 'city-loudspeaker');
      expect((await house.people.editor.post(`/api/versions/${versionId}/clips`, { bed: true })).status).toBe(202);
      return versionId;
    });
    const beds = await withRows(house.place, (database) => database.read().findBy(Clip, { profile: 'fm' }));
    expect(beds.length).toBeGreaterThanOrEqual(moments.length);
    expect(beds.filter(({ form }) => !form?.bed)).toEqual([]);
    expect(clips.every(({ durationMs }) => durationMs! > 40_000)).toBe(true);
  }, 600_000);
});
