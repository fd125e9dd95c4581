import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../src/database/database.js';
import { House as HouseEntity } from '../../src/database/house.entity.js';
import { HouseCopy } from '../../src/jobs/house-copy.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Playlist } from '../../src/playlists/playlist.entity.js';
import { PlaylistKey } from '../../src/playlists/playlist-key.service.js';
import { PostPause } from '../../src/posts/post-pause.entity.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import { COPY_HEADER, markText, readMark, SEEN_HEADER, writeMark } from '../../src/shared/copy-mark.js';
import { Player } from '../../src/stations/player/player.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip } from '../support/approved-clip.js';
import { at, BAC_HA, placed, slotOf } from '../support/at-the-desk.js';
import { Client, json } from '../support/client.js';
import { type Colleague, openColleague } from '../support/colleague-with-phone.js';
import { MINUTE, plannedPost, PostingTown, postRow } from '../support/posting.js';
import { Visitors, words } from '../support/visitors.js';

const HOUR = 60 * MINUTE;

describe('a copy of the house that nobody has activated', () => {
  let town: PostingTown;
  let admin: Colleague;
  let token: string;
  let dir: string;

  beforeAll(async () => {
    town = await PostingTown.open();
    dir = mkdtempSync(join(tmpdir(), 'loa-passive-'));
    const station = { channelCode: BAC_HA, name: 'Trạm chợ' };
    token = (await town.house.app.get(Stations).enrol(systemActor('thử'), station)).token;
    admin = await openColleague(town.house, 'admin');
  });
  afterEach(async () => {
    if (copy().passive) await activated();
  });
  afterAll(async () => {
    await town.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const copy = () => town.house.app.get(HouseCopy);
  const read = () => town.house.app.get(Database).read();
  /** As `loa restore` leaves it. */
  const restored = () =>
    copy().change((tx, { id }) => {
      const now = town.house.clock.now();
      return tx.update(HouseEntity, { id }, { passiveSince: now, passiveReason: 'restored', backupAt: now - HOUR });
    });
  const activated = async () => {
    await admin.renew();
    expect(await admin.client.post('/api/house/activate')).toMatchObject({ status: 204 });
  };
  const station = (path: string, headers = {}) =>
    town.house.stranger().get(`/api/station/${path}`, { authorization: `Bearer ${token}`, ...headers });
  const player = () => new Player({ baseUrl: town.house.url, token, dir, clock: town.house.clock });

  it('says so on every page and in health, and an administrator with a fresh code sees what will happen and activates it', async () => {
    const visitors = new Visitors(town.house);
    const visitor = await visitors.enter('admin');
    const editor = await visitors.enter('editor');
    expect(words((await visitor.visit('/cai-dat')).text)).not.toContain('Kích hoạt');
    await restored();
    for (const path of ['/', '/bai', '/lich'])
      expect(words((await editor.visit(path)).text)).toContain('Bản khôi phục, chưa kích hoạt');
    expect(words((await visitors.stranger().visit('/dang-nhap')).text)).toContain('Bản khôi phục, chưa kích hoạt');
    const health = await town.house.stranger().get('/health');
    expect([health.status, health.text]).toEqual([503, expect.stringContaining('"word":"passive"')]);
    await plannedPost(town.house);
    const page = words((await visitor.visit('/cai-dat')).text);
    expect(page).toMatch(/Khôi phục .*, từ bản sao lưu viết .*/);
    expect(page).toContain('1 bài đến hạn được tìm trên fanpage');
    // Without a code of a phone it is not activated.
    await visitor.submit('/cai-dat/kich-hoat');
    expect(copy().passive).toBe('restored');
    const without = await (await town.house.person('admin')).post('/api/house/activate');
    expect([without.status, json<{ code: string }>(without).code]).toEqual([403, 'enrolment-needed']);
    expect((await (await town.house.person('editor')).post('/api/house/activate')).status).toBe(403);
    const shown = json<{ passive: object }>(await admin.client.get('/api/house')).passive;
    expect(shown).toMatchObject({ reason: 'restored', counts: { postsToLookUp: 1, slotsToSettle: 0 } });
    await activated();
    expect(await admin.client.post('/api/house/activate')).toMatchObject({ status: 409 });
    expect((await town.house.stranger().get('/health')).status).toBe(200);
    expect(words((await editor.visit('/')).text)).not.toContain('chưa kích hoạt');
    const [told] = await read().findBy(AuditEntry, { action: 'house.activated' });
    expect(told).toMatchObject({ actorId: admin.id, after: { postsToLookUp: 1 } });
  });

  it('is activated on the page, by a form that needs no script', async () => {
    await restored();
    await admin.renew();
    const { text } = await admin.client.get('/cai-dat', { accept: 'text/html' });
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const form = new URLSearchParams({ _csrf });
    const answer = await admin.client.post('/cai-dat/kich-hoat', form, { accept: 'text/html' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/cai-dat?xong=da-kich-hoat']);
    expect(copy().passive).toBeNull();
    const after = await admin.client.get('/cai-dat', { accept: 'text/html' });
    expect(words(after.text)).not.toContain('chưa kích hoạt');
  });

  it('posts nothing; what was due meanwhile is looked up, found or left to a person, and never simply posted', async () => {
    const { house, graph } = town;
    const [out, not] = [await plannedPost(house), await plannedPost(house)];
    await restored();
    await town.pass(20);
    expect(graph.ledger.filter(({ message }) => [out.message, not.message].includes(message))).toEqual([]);
    // Another copy of the installation posts one of them.
    graph.ledger.push({ id: '100064_77', message: out.message, at: house.clock.now() });
    await activated();
    await town.pass(15);
    expect(await postRow(house, out.id)).toMatchObject({ state: 'published', externalId: '100064_77' });
    const left = await postRow(house, not.id);
    expect(left).toMatchObject({ state: 'unknown', leaseUntil: null });
    expect(left.reason).toContain('không tự đăng');
    await town.pass(60);
    expect(graph.accepted(not.message)).toEqual([]);
    expect(graph.accepted(out.message)).toHaveLength(1);
    // A person's decision is carried out.
    const pageAdmin = await house.person('page-admin');
    const again = await pageAdmin.post(`/api/posts/${not.id}/retry`, { reason: 'đã xem trang, chưa có bài' });
    expect(again.status).toBe(200);
    await town.pass(5);
    expect(graph.accepted(not.message)).toHaveLength(1);
  });

  it('reads the page before it sends in the week after its activation, and stops where another copy still posts', async () => {
    const { house, graph } = town;
    await restored();
    await activated();
    await town.calm();
    const [twice, next] = [await plannedPost(house), await plannedPost(house)];
    graph.ledger.push({ id: '100064_88', message: twice.message, at: house.clock.now() });
    await town.pass(3);
    expect(await postRow(house, twice.id)).toMatchObject({ state: 'published', externalId: '100064_88' });
    expect(graph.accepted(twice.message)).toHaveLength(1);
    expect(await postRow(house, next.id)).toMatchObject({ state: 'scheduled', attempt: 0 });
    expect(await read().findOneByOrFail(PostPause, { paused: true })).toMatchObject({
      reason: expect.stringContaining('một bản khác của hệ thống còn chạy') as string,
    });
    graph.feedScript = ['500'];
    await town.resume();
    await house.drain();
    expect(await postRow(house, next.id)).toMatchObject({ state: 'scheduled', attempt: 1 });
    await town.pass(3);
    expect(graph.accepted(next.message)).toHaveLength(1);
    house.clock.advance(8 * 24 * HOUR);
    const later = await plannedPost(house);
    const reads = () => graph.requests.filter((one) => one.startsWith('GET')).length;
    const before = reads();
    await town.pass(1);
    expect([graph.accepted(later.message).length, reads() - before]).toEqual([1, 0]);
    house.clock.set(at('08:30', '2026-11-24'));
  });

  it('settles nothing, publishes no playlist and takes no log: stations wait, and go on afterwards', async () => {
    const { house } = town;
    const editor = await house.person('editor');
    const clip = await approvedClip(house);
    const slot = await placed(editor, clip, at('05:40'));
    const next = await placed(editor, await approvedClip(house), at('06:20', '2026-11-26'));
    house.clock.set(at('05:00'));
    const waiting = player();
    expect((await waiting.pull(['2026-11-25']))[0]).toMatchObject({ state: 'new', items: 1 });
    await restored();
    expect((await station('playlist?date=2026-11-26')).status).toBe(503);
    for (const path of ['me', 'playlist', `clips/${clip.sha256}.mp3`]) {
      const told = await station(path);
      expect([told.status, json<{ code: string }>(told).code, told.headers.get('retry-after')]).toEqual([
        503,
        'house-passive',
        '60',
      ]);
      expect(told.headers.get(COPY_HEADER)).toBeNull();
    }
    expect(await waiting.pull(['2026-11-25'])).toMatchObject([
      { state: 'offline', reason: 'house-passive', items: 1, missing: [] },
    ]);
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect((await operator.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.json`)).status).toBe(200);
    expect((await operator.get(`/api/channels/${BAC_HA}/playlists/2026-11-26.json`)).status).toBe(503);
    expect(await read().countBy(Playlist, { date: '2026-11-26' })).toBe(0);
    house.clock.set(at('05:41'));
    await waiting.play('2026-11-25', { clock: house.clock });
    expect(await waiting.report()).toMatchObject({ sent: 0, problem: 'house-passive' });
    house.clock.set(at('08:00', '2026-11-26'));
    expect(await house.app.get(Reconciliation).reconcile()).toEqual({ played: 0, missed: 0 });
    expect((await slotOf(house, slot.id)).state).toBe('planned');
    await activated();
    expect(await waiting.report()).toMatchObject({ left: 0 });
    await house.app.get(Reconciliation).reconcile();
    const states = [await slotOf(house, slot.id), await slotOf(house, next.id)].map(({ state }) => state);
    expect(states).not.toContain('planned');
    await waiting.close();
  });

  it('stops when a station has heard a newer copy or a twin, and believes no mark that the house has not signed', async () => {
    const { house } = town;
    const own = readMark((await station('me')).headers.get(COPY_HEADER));
    if (!own) throw new Error('no mark');
    const signed = (change: object) => {
      const mark = { ...own, ...change };
      const signature = house.app.get(PlaylistKey).sign(Buffer.from(markText(mark)));
      return { [SEEN_HEADER]: writeMark({ ...mark, signature }) };
    };
    const unsigned = { [SEEN_HEADER]: writeMark({ ...own, generation: own.generation + 1 }) };
    const harmless = [unsigned, signed({}), signed({ generation: own.generation - 1 }), signed({ house: 'another' })];
    for (const seen of harmless) expect((await station('me', seen)).status).toBe(200);
    const heard = own.generation + 5 * HOUR;
    const newer = { generation: heard, starts: 0 };
    expect((await station('me', signed(newer))).status).toBe(503);
    expect(copy().passive).toBe('superseded');
    expect(words((await new Visitors(house).stranger().visit('/dang-nhap')).text)).toContain('có một bản mới hơn');
    const [told] = await read().findBy(AuditEntry, { action: 'house.stopped' });
    expect(told).toMatchObject({ actor: 'trạm phát', after: { reason: 'superseded' } });
    // A copy that is activated later is above all generations that were heard of.
    await activated();
    expect(copy().state.generation).toBe(heard + 1);
    expect((await station('me', signed(newer))).status).toBe(200);
    for (const twin of [{ starts: own.starts + 1 }, { mark: 'twin' }]) {
      const { generation } = copy().state;
      expect((await station('me', signed({ generation, ...twin }))).status).toBe(503);
      expect(copy().passive).toBe('twin');
      await activated();
    }
  });

  it('is not listened to by a station that has heard a newer one', async () => {
    const newest = player();
    expect((await newest.pull(['2026-11-26']))[0]).toMatchObject({ state: expect.stringMatching(/new|unchanged/) });
    await newest.close();
    // The same files in an earlier state: as a copy that continued from an older backup.
    await copy().change((tx, { id, generation }) => tx.update(HouseEntity, { id }, { generation: generation - 1 }));
    const hides: typeof fetch = (url, init) => {
      const headers = new Headers(init?.headers);
      headers.delete(SEEN_HEADER);
      return fetch(url, { ...init, headers });
    };
    const station = new Player({ baseUrl: town.house.url, token, dir, clock: town.house.clock, fetch: hides });
    expect((await station.pull(['2026-11-26']))[0]).toMatchObject({ state: 'offline', reason: 'older-copy' });
    const unmarked: typeof fetch = async (url, init) => {
      const answer = await hides(url, init);
      const headers = new Headers(answer.headers);
      headers.delete(COPY_HEADER);
      return new Response(answer.body, { status: answer.status, headers });
    };
    const other = new Player({ baseUrl: town.house.url, token, dir, clock: town.house.clock, fetch: unmarked });
    expect((await other.pull(['2026-11-26']))[0]).toMatchObject({ state: 'offline', reason: 'older-copy' });
    await Promise.all([station.close(), other.close()]);
    expect(await new Client(town.house.url).get('/health')).toMatchObject({ status: 200 });
  });
});
