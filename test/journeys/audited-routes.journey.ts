import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { roles } from '../../src/people/access/role.js';
import { routeTable } from '../support/route-table.js';
import { SetupSecrets } from '../../src/people/sign-in/setup-secrets.service.js';
import { Database } from '../../src/database/database.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Post } from '../../src/posts/state/post.entity.js';
import { approvedClip } from '../support/approved-clip.js';
import { mustBeAudited } from '../support/audited-run.mjs';
import { type Answer, Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { enrolmentCode, Phone } from '../support/phone.js';
import { oneOfEverything, type Things } from '../support/things.js';
import { Visitors } from '../support/visitors.js';

/** Routes of the table that change something by name only, and their real effect. */
const tellNothing: Record<string, string> = {
  'POST /api/directives/preview': 'reads a letter and keeps nothing',
  'POST /api/reading': 'reads a text aloud on paper',
  'POST /bai/:id/doc-thu': 'the same, beside the text',
  'POST /mau-bai/:code/xem-thu': 'fills a template with a sample',
  'POST /lich/luot/:id/xem-truoc': 'a dry run, rolled back',
  'POST /lich/luot/moi/xem-truoc': 'the same, for a new slot',
  'POST /giao-dien': 'language and light, in a cookie',
  'POST /nhat-ky/kiem-tra': 'reads the audit',
  'POST /api/station/heartbeat': 'a sign of life every few seconds',
};

const NEWCOMER = { username: 'moi.den', displayName: 'Mới Đến', password: PASSWORD };

/**
 * Every journey checks that a request's changes are in the audit (support/audited.ts); this one checks that every route
 * is covered.
 */
describe('every route that changes something', () => {
  let house: House;
  let things: Things;
  let person: Client;

  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    things = await oneOfEverything(house);
    const grants = roles.map((role) => ({ role, unitCode: role === 'operator' ? 'phuong-bac-ha' : undefined }));
    const account = { username: 'moi.viec', displayName: 'Mọi việc', password: PASSWORD, grants };
    await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    person = await new Client(house.url).signIn('moi.viec', PASSWORD);
  });
  afterAll(() => house.close());

  const done = (answer: Answer) => {
    const said = /role="alert"[^>]*>([^<]+)/.exec(answer.text)?.[1] ?? answer.text.slice(-600);
    if (answer.status >= 400) throw new Error(`${answer.status} ${said}`);
    return answer;
  };
  const send = async (path: string, fields: Record<string, string> = {}) =>
    done(await person.post(path, new URLSearchParams(fields), { accept: 'text/html' }));
  const api = async (method: string, path: string, body: object = {}) => done(await person.send(method, path, body));

  it('its phone and its sessions', async () => {
    const me = json<{ id: string }>(await person.get('/api/session'));
    await send('/bao-mat/dien-thoai', { enrolmentCode: await enrolmentCode(house, me.id) });
    const { text } = await person.get('/bao-mat/dien-thoai', { accept: 'text/html' });
    const secret = /class="secret">([^<]+)</.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
    const phone = new Phone(secret, () => house.clock.now());
    await send('/bao-mat/dien-thoai/ma', { code: phone.code() });
    await send('/bao-mat/ma-khoi-phuc');
    house.clock.advance(60_000);
    await send('/ma-xac-thuc', { code: phone.code() });
    await new Client(house.url).signIn('moi.viec', PASSWORD);
    const own = json<{ id: string; current: boolean }[]>(await person.get('/api/session/all'));
    await send(`/bao-mat/phien/${own.find(({ current }) => !current)?.id}/ket-thuc`);
    await send('/bao-mat/phien-khac/ket-thuc');
    await send('/bao-mat/khong-phai-toi');
    await api('DELETE', '/api/session/origins');
  });

  it('people and stations', async () => {
    const { account, station } = things.there;
    await api('PUT', `/api/accounts/${account}/password`, { password: 'một mật khẩu khác hẳn' });
    await send(`/nguoi-dung/${account}/ma-xac-thuc`);
    await api('DELETE', `/api/accounts/${account}`);
    await api('POST', `/api/accounts/${account}/enable`);
    await send(`/cho-xac-nhan/ma-cai-dat/${account}`);
    await send(`/cho-xac-nhan/${things.there['waiting-period']}/xac-nhan`);
    await api('POST', '/api/accounts', { ...NEWCOMER, grants: [{ role: 'approver' }] });
    const [waiting] = json<{ id: string }[]>(await person.get('/api/waiting-periods'));
    await send(`/cho-xac-nhan/${waiting?.id}/chan`);
    await send(`/tram/${station}/cap-lai`);
    await send(`/tram/${station}/thu-hoi`);
  });

  it('windows, days and the law', async () => {
    const { channel, window } = things.there;
    const date = '2026-12-02';
    const day = `/khung-gio/${channel}/${window}/ngay`;
    await send(day, { date, kind: 'skip', reason: 'Mất điện' });
    await send(`${day}/hoan-tac`, { date });
    await api('PUT', `/api/channels/${channel}/windows/${window}/overrides/${date}`, {
      kind: 'skip',
      reason: 'Sửa loa',
    });
    await api('POST', `/api/channels/${channel}/windows/${window}/overrides/${date}/undo`);
    await send(`/khung-gio/${channel}/${window}/bo`);
    await send('/khung-gio/luat/ngay-le/nhap', { year: '2028' });
    const [holiday] = json<{ id: string; date: string }[]>(await person.get('/api/holidays?year=2028'));
    await send(`/khung-gio/luat/ngay-le/${holiday?.id}`, { date: '2028-01-02', name: 'Ngày khác', kind: 'local' });
    await send(`/khung-gio/luat/ngay-le/${holiday?.id}/bo`);
    await api('POST', '/api/policies/ward/preset', { preset: 'ha-noi-2021-quan', effectiveFrom: '2026-12-01' });
    const answer = await person.get('/api/policies');
    const { policies } = json<{ policies: { id: string; effectiveFrom: string }[] }>(answer);
    await send(
      `/khung-gio/luat/quy-dinh/${policies.find(({ effectiveFrom }) => effectiveFrom === '2026-12-01')?.id}/rut`,
    );
  });

  it('posts, clips and slots', async () => {
    const { post } = things.there;
    const pause = { reason: 'Chờ lãnh đạo' };
    await api('POST', '/api/fanpage/fanpage-thanh-pho/pause', pause);
    await api('POST', '/api/fanpage/fanpage-thanh-pho/resume', pause);
    const database = house.app.get(Database);
    const became = (state: Post['state']) => database.write((tx) => tx.update(Post, { id: post }, { state }));
    await became('scheduled');
    await send(`/bai-dang/${post}/huy`);
    await became('refused');
    await send(`/bai-dang/${post}/dang-lai`, { lydo: 'Đăng lại' });
    await became('unknown');
    await send(`/bai-dang/${post}/tim`);
    await send(`/lich/thay-doi/${things.there['plan-change']}/da-xem`);
    await send(`/lich/phat-bu/${things.there['make-good']}/bo`, { reason: 'Đã phát ngoài giờ' });
    await send(`/lich/quyet-dinh/${things.there['ward-decision']}`, { outcome: 'ward', reason: 'Giữ tin của phường' });
    await send(`/lich/luot/${things.there.slot}/huy`, { ly_do: 'Thôi' });
    const clip = await approvedClip(house, { title: 'Bản thu hỏng', state: 'submitted' });
    const turned = (state: Clip['state']) => database.write((tx) => tx.update(Clip, { id: clip.clipId }, { state }));
    await turned('failed');
    await api('POST', `/api/versions/${clip.versionId}/clips/${clip.clipId}/retry`, { reason: 'Thử lại' });
    await send(`/bai/${clip.scriptId}/ban-thu/dung`);
  });

  it('the first administrator', async () => {
    const empty = await openHouse();
    try {
      const visitor = new Visitors(empty).stranger();
      // The page that signs in names the office, and leads to the set-up while nobody administers it.
      const door = await visitor.visit('/dang-nhap');
      expect(door.text).toContain('Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh');
      expect(door.text).toContain('href="/thiet-lap"');
      await visitor.visit('/thiet-lap');
      const secret = (await empty.app.get(SetupSecrets).issue()) ?? '';
      const account = { displayName: 'Quản trị', username: 'quan.tri', password: PASSWORD };
      await visitor.submit('/thiet-lap', { secret, ...account });
      expect(visitor.path).toBe('/dang-nhap');
      expect(visitor.page.text).not.toContain('href="/thiet-lap"');
    } finally {
      await empty.close();
    }
  });

  it('is asked for by some journey of the whole run, which is counted at its end', () => {
    const changing = routeTable.map(([route]) => route).filter((route) => !route.startsWith('GET '));
    expect(Object.keys(tellNothing).filter((route) => !changing.includes(route))).toEqual([]);
    expect(house.watch.audited.size).toBeGreaterThan(25);
    mustBeAudited(changing.filter((route) => !(route in tellNothing)));
  });
});
