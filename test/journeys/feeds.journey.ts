import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Approvals } from '../../src/approvals/approvals.service.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { KEEP_MS } from '../../src/feeds/feed-cache.service.js';
import { Script } from '../../src/scripts/script.entity.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { silentMp3 } from '../support/silent-mp3.js';

const PUBLIC = 'https://loa.example.vn';
const BAC_HA = '/feeds/trang-tin-phuong-bac-ha';
const NAM_HA = '/feeds/phuong-nam-ha';
const robot = systemActor('thử nghiệm');

interface FeedBody {
  title: string;
  items: {
    id: string;
    title: string;
    content_text: string;
    date_published: string;
    attachments?: { url: string; size_in_bytes: number }[];
  }[];
}

let house: House;
let db: Database;
const minutes = new Map<string, number>();

beforeAll(async () => {
  house = await openHouse({ env: { LOA_PUBLIC_URL: PUBLIC } });
  db = house.app.get(Database);
});
afterAll(() => house.close());

/**
 * Places the clip on a ward's loudspeaker at the next free minute of tomorrow's morning window, and sets its outcome.
 */
async function air(
  clip: ApprovedClip,
  ward: string,
  state: 'played' | 'missed' | 'planned' = 'played',
): Promise<number> {
  const minute = minutes.get(ward) ?? 0;
  minutes.set(ward, minute + 1);
  const startsAt = instantOf('2026-11-25', '05:30', VIETNAM) + minute * 60_000;
  const { clipId, campaignId } = clip;
  const slot = await house.app
    .get(Schedule)
    .place(robot, { channelCode: `truyen-thanh-${ward}`, clipId, campaignId, startsAt });
  if (state !== 'planned') await db.write((tx) => house.app.get(Schedule).finish(tx, slot.id, state, null));
  return startsAt;
}

const read = async (path: string) => json<FeedBody>(await house.stranger().get(`${path}/feed.json`));
const titles = async (path: string) => (await read(path)).items.map((one) => one.title);

describe('what a ward website takes', () => {
  it('is what was approved and heard in that ward, once, with its sound', async () => {
    const heard = await approvedClip(house, { title: 'Đeo <khẩu trang> & giữ khoảng cách ]]> 📣', seconds: 5 });
    const missed = await approvedClip(house, { title: 'Không phát được', seconds: 5 });
    const coming = await approvedClip(house, { title: 'Chưa phát', seconds: 5 });
    const elsewhere = await approvedClip(house, { title: 'Chỉ Nam Hà', seconds: 5 });
    const first = await air(heard, 'phuong-bac-ha');
    await air(heard, 'phuong-bac-ha');
    await air(missed, 'phuong-bac-ha', 'missed');
    await air(coming, 'phuong-bac-ha', 'planned');
    await air(elsewhere, 'phuong-nam-ha');
    const body = await read(BAC_HA);
    expect(body.title).toBe('Bản tin truyền thanh Phường Bắc Hà');
    const url = `${PUBLIC}/feeds/clips/${heard.sha256}.mp3`;
    expect(body.items).toEqual([
      {
        id: `urn:uuid:${heard.clipId}`,
        title: 'Đeo <khẩu trang> & giữ khoảng cách ]]> 📣',
        content_text: expect.stringContaining('Đề nghị bà con') as string,
        date_published: new Date(first).toISOString(),
        attachments: [
          { url, mime_type: 'audio/mpeg', size_in_bytes: expect.any(Number) as number, duration_in_seconds: 5 },
        ],
      },
    ]);
    expect(await titles('/feeds/phuong-bac-ha')).toEqual(await titles(BAC_HA));
    expect(await titles(NAM_HA)).toEqual(['Chỉ Nam Hà']);
    const sound = await house.stranger().get(new URL(url).pathname);
    expect([sound.status, sha256(sound.bytes), sound.bytes.length]).toEqual([
      200,
      heard.sha256,
      body.items[0]?.attachments?.[0]?.size_in_bytes,
    ]);
    expect(sound.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const part = await house.stranger().get(new URL(url).pathname, { range: 'bytes=10-19' });
    expect([part.status, part.bytes.equals(sound.bytes.subarray(10, 20))]).toEqual([206, true]);
    for (const hidden of [missed, coming]) {
      expect((await house.stranger().get(`/feeds/clips/${hidden.sha256}.mp3`)).status).toBe(404);
    }
  });

  it('is RSS too, that anybody may read, and keep while it is the same', async () => {
    const stranger = house.stranger();
    const whole = await stranger.get(`${BAC_HA}/rss.xml`);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    expect(whole.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    expect(whole.headers.get('access-control-allow-origin')).toBe('*');
    expect(whole.text).toContain(`<atom:link href="${PUBLIC}${BAC_HA}/rss.xml" rel="self"`);
    expect(whole.text).toContain('<title>Đeo &lt;khẩu trang&gt; &amp; giữ khoảng cách ]]&gt; 📣</title>');
    const etag = whole.headers.get('etag') ?? '';
    const same = await stranger.get(`${BAC_HA}/rss.xml`, { 'if-none-match': `"x", W/${etag}` });
    expect([same.status, same.bytes.length, same.headers.get('etag')]).toEqual([304, 0, etag]);
    const head = await stranger.send('HEAD', `${BAC_HA}/rss.xml`);
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
    expect((await stranger.send('HEAD', `${BAC_HA}/rss.xml`, undefined, { 'if-none-match': etag })).status).toBe(304);
    await air(await approvedClip(house, { title: 'Bài mới', seconds: 5 }), 'phuong-bac-ha');
    expect((await stranger.get(`${BAC_HA}/rss.xml`, { 'if-none-match': etag })).status).toBe(200);
    const wide = await stranger.get(`${BAC_HA}/feed.json`);
    expect(wide.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
  });

  it('has the clip for the web where one was approved beside that of the horn, and only of the same words', async () => {
    const clip = await approvedClip(house, { title: 'Nghe trên mạng', seconds: 5 });
    await air(clip, 'phuong-tan-giang');
    const { sentences, peaks, ...rest } = await db.read().findOneByOrFail(Clip, { id: clip.clipId });
    const { bytes, durationMs } = silentMp3(6, 'bản cho mạng');
    const file = join(house.app.get(Config).mediaDir, 'clips', sha256(bytes).slice(0, 2), `${sha256(bytes)}.mp3`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    const id = newId(house.clock.now());
    const made = { sha256: sha256(bytes), bytes: bytes.length, durationMs, inputsHash: 'mạng', profile: 'web', id };
    await db.write((tx) => tx.insert(Clip, { ...rest, ...made, sentences: [], peaks: [] }));
    expect([sentences, peaks]).toEqual([[], []]);
    const sound = async () => {
      house.clock.advance(KEEP_MS);
      return (await read('/feeds/phuong-tan-giang')).items[0]?.attachments?.[0];
    };
    const url = `${PUBLIC}/feeds/clips/${made.sha256}.mp3`;
    expect(await sound()).toMatchObject({ url, size_in_bytes: bytes.length, duration_in_seconds: 6 });
    expect((await house.stranger().get(new URL(url).pathname)).status).toBe(200);
    // A recording uploaded later for the loudspeaker differs from the one for the web.
    const recorded = { engine: 'upload', spokenHash: sha256('') };
    await db.write((tx) => tx.update(Clip, [id, clip.clipId], recorded));
    expect((await sound())?.url).toBe(url);
    await db.write((tx) => tx.update(Clip, { id }, { createdAt: rest.createdAt - 1 }));
    expect((await sound())?.url).toBe(`${PUBLIC}/feeds/clips/${clip.sha256}.mp3`);
    await db.write((tx) => tx.update(Clip, [id, clip.clipId], { engine: 'test', spokenHash: rest.spokenHash }));
    expect((await sound())?.url).toBe(url);
    await db.write((tx) => tx.update(Clip, { id }, { spokenHash: sha256('lời khác') }));
    expect((await sound())?.url).toBe(`${PUBLIC}/feeds/clips/${clip.sha256}.mp3`);
    expect((await house.stranger().get(new URL(url).pathname)).status).toBe(404);
  });

  it('goes away with its approval, sound and all', async () => {
    const clip = await approvedClip(house, { title: 'Số liệu cũ', seconds: 5 });
    await air(clip, 'xa-thach-ha');
    expect(await titles('/feeds/xa-thach-ha')).toEqual(['Số liệu cũ']);
    await db.write((tx) => house.app.get(Approvals).void(tx, robot, clip.versionId, 'Số liệu đã đổi.'));
    expect(await titles('/feeds/xa-thach-ha')).toEqual([]);
    expect((await house.stranger().get(`/feeds/clips/${clip.sha256}.mp3`)).status).toBe(404);
    // A clip that was heard, and then rendered and approved again, is no longer the approved one.
    const old = await approvedClip(house, { title: 'Bản thu cũ', seconds: 5 });
    await air(old, 'xa-thach-ha');
    expect(await titles('/feeds/xa-thach-ha')).toEqual(['Bản thu cũ']);
    const row = await db.read().findOneByOrFail(Clip, { id: old.clipId });
    const { sentences, peaks, ...rest } = row;
    const anew = {
      ...rest,
      id: newId(house.clock.now()),
      inputsHash: 'mới',
      sha256: 'a'.repeat(64),
      readyAt: (row.readyAt ?? 0) + 1,
    };
    await db.write((tx) => tx.save(tx.create(Clip, { ...anew, sentences, peaks })));
    // The row was written without an event, so the feed shows it after a minute.
    house.clock.advance(KEEP_MS);
    expect(await titles('/feeds/xa-thach-ha')).toEqual([]);
    expect((await house.stranger().get(`/feeds/clips/${old.sha256}.mp3`)).status).toBe(404);
  });

  it('holds the texts for websites of what was heard there, and no other ward’s', async () => {
    const loud = await approvedClip(house, { title: 'Bài loa', seconds: 5 });
    const texts: ApprovedClip[] = [];
    for (const title of ['Cho mọi phường', 'Riêng Đồng Môn', 'Riêng Thạch Bình', 'Chưa duyệt']) {
      const text = await approvedClip(house, {
        channelKind: 'website',
        title,
        state: title === 'Chưa duyệt' ? 'submitted' : 'approved',
      });
      texts.push(text);
    }
    const dongMon = await db.read().findOneByOrFail(Unit, { code: 'xa-dong-mon' });
    const thachBinh = await db.read().findOneByOrFail(Unit, { code: 'xa-thach-binh' });
    await db.write(async (tx) => {
      for (const [n, unitId] of [null, dongMon.id, thachBinh.id, null].entries()) {
        await tx.update(Script, { id: texts[n]?.scriptId }, { campaignId: loud.campaignId, unitId });
      }
    });
    expect(await titles('/feeds/xa-dong-mon')).toEqual([]);
    const aired = await air(loud, 'xa-dong-mon');
    expect((await titles('/feeds/xa-dong-mon')).sort()).toEqual(['Bài loa', 'Cho mọi phường', 'Riêng Đồng Môn']);
    expect(await titles('/feeds/xa-thach-binh')).toEqual([]);
    const text = (await read('/feeds/xa-dong-mon')).items.find((one) => one.title === 'Cho mọi phường');
    expect(text).toMatchObject({
      id: `urn:uuid:${texts[0]?.versionId}`,
      date_published: new Date(aired).toISOString(),
    });
    expect(text).not.toHaveProperty('attachments');
  });

  it('is at most the latest fifty, newest first', async () => {
    for (let n = 1; n <= 52; n++)
      await air(await approvedClip(house, { title: `Bài ${n}`, seconds: 1 }), 'phuong-van-yen');
    const all = await titles('/feeds/trang-tin-phuong-van-yen');
    expect([all.length, all[0], all[49]]).toEqual([50, 'Bài 52', 'Bài 3']);
  });

  it('is nothing for what has no website: 404', async () => {
    const stranger = house.stranger();
    const nobody = [
      'khong-co',
      'fanpage-thanh-pho',
      'truyen-thanh-phuong-bac-ha',
      'trung-tam-van-hoa-truyen-thong',
      '..%2f',
      "a'--",
    ];
    for (const code of nobody) {
      expect((await stranger.get(`/feeds/${code}/rss.xml`)).status).toBe(404);
      expect((await stranger.get(`/feeds/${code}/feed.json`)).status).toBe(404);
    }
    for (const file of [`${'0'.repeat(64)}.mp3`, 'x.mp3', '..%2f..%2floa.sqlite']) {
      expect((await stranger.get(`/feeds/clips/${file}`)).status).toBe(404);
    }
  });
});
