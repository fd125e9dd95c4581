import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import type { Visitor } from '../support/browser-form.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import { campaignOf, idIn, textareaOf, Visitors, words } from '../support/visitors.js';

const HOSTILE = '<script>alert(1)</script> {{constructor}} {{{text}}} "><img src=x onerror=alert(1)>';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';

let house: House;
let visitors: Visitors;

beforeAll(async () => {
  house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
  visitors = new Visitors(house);
});
afterAll(() => house.close());

describe('the door', () => {
  it('whoever is not signed in is led to it, and back to where he wanted to go', async () => {
    const places = [
      '/',
      '/cong-van',
      '/bai',
      '/duyet',
      '/lich',
      '/hom-nay',
      '/bai-dang',
      '/bao-cao',
      '/nguoi-dung',
      '/tram',
    ];
    for (const path of places) {
      const answer = await house.stranger().get(path, { accept: 'text/html' });
      expect([path, answer.status, answer.headers.get('location')]).toEqual([
        path,
        302,
        `/dang-nhap?tiep=${encodeURIComponent(path)}`,
      ]);
    }
  });

  it('a wrong password is told on the same page, and what was typed stays', async () => {
    const visitor = visitors.stranger();
    await visitor.visit('/bao-cao');
    const answer = await visitor.submit('/dang-nhap', { username: 'nguoi.la', password: 'sai mật khẩu dài dài' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('value="nguoi.la"');
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain('name="tiep" value="/bao-cao"');
  });

  it('an odd address to go back to leads home, is no error, and never leads elsewhere', async () => {
    const account = { username: 'quay.lai', displayName: 'Quay lại', password: PASSWORD, grants: [] };
    await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
    const odd: [string[], string][] = [
      [['/bao-cao'], '/bao-cao'],
      [['/bai?tim=đợt'], '/bai?tim=%C4%91%E1%BB%A3t'],
      [['/bai?tim=%zz'], '/bai?tim=%zz'],
      ...[
        ['//evil.example'],
        ['/\\evil.example'],
        ['\\\\evil.example'],
        ['/..//evil.example'],
        ['/\t/evil.example'],
        ['/a\r\nset-cookie: x=1'],
        ['https://evil.example/'],
        ['javascript:alert(1)'],
        ['/bai', '/lich'],
        [],
        [`/${'a'.repeat(3_000)}`],
      ].map((tiep): [string[], string] => [tiep, '/khong-co-viec']),
    ];
    const html = { accept: 'text/html' };
    const fields = (tiep: string[], more: Record<string, string>) =>
      new URLSearchParams([...Object.entries(more), ...tiep.map((one): [string, string] => ['tiep', one])]);
    for (const [tiep, home] of odd) {
      const stranger = house.stranger();
      const page = await stranger.get(`/dang-nhap?${fields(tiep, {}).toString()}`, html);
      expect([tiep, page.status]).toEqual([tiep, 200]);
      expect(page.text).not.toMatch(/name="tiep" value="(?!\/(?![/\\]))/);
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const look = await stranger.post('/giao-dien', fields(tiep, { _csrf, mau: 'dark' }), html);
      expect([tiep, look.status, look.headers.get('location')]).toEqual([
        tiep,
        303,
        home === '/khong-co-viec' ? '/' : home,
      ]);
      const signIn = { _csrf, username: 'quay.lai', password: PASSWORD };
      const answer = await stranger.post('/dang-nhap', fields(tiep, signIn), html);
      expect([tiep, answer.status, answer.headers.get('location')]).toEqual([tiep, 303, home]);
    }
  });

  it('everybody begins at his own work, and a form without its token does nothing', async () => {
    const homes: [Role, string][] = [
      ['approver', '/duyet'],
      ['official', '/tien-do'],
      ['page-admin', '/bai-dang'],
      ['admin', '/nguoi-dung'],
    ];
    for (const [role, home] of homes) {
      const visitor = await visitors.enter(role);
      expect(visitor.path).toBe(home);
      const refused = await visitor.client.post('/dang-xuat', new URLSearchParams({ _csrf: 'đoán' }), {
        accept: 'text/html',
      });
      expect(refused.status).toBe(403);
      expect((await visitor.visit(home)).status).toBe(200);
    }
  });
});

describe('posts and texts', () => {
  let editor: Visitor;
  let campaign: string;

  beforeAll(async () => {
    editor = await visitors.enter('editor');
    ({ campaign } = await campaignOf(editor));
  });

  it('a post for the fanpage waits for a person, who says where it is', async () => {
    await editor.visit(`/bai/moi?dot=${campaign}`);
    const form = { channelKind: 'fanpage', templateCode: '', title: 'Bài đăng', text: 'Nhà nhà diệt bọ gậy!' };
    await editor.submit('/bai/moi', { ...form, v_placeName: '', v_issuer: '' });
    const post = idIn(editor.path);
    await editor.submit(`/bai/${post}/trinh`);
    const approver = await visitors.enter('approver');
    const version = idIn(/\/duyet\/[0-9a-f-]{36}/.exec(approver.page.text)?.[0] ?? '');
    await approver.visit(`/duyet/${version}/duyet-phat`);
    await approver.submit(`/duyet/${version}/duyet-phat`);
    await editor.visit(`/bai/${post}`);
    const noDay = await editor.submit(`/bai/${post}/dang`, { date: '30/02/2026' });
    expect(noDay.status).toBe(422);
    expect(noDay.text).toMatch(/value="30\/02\/2026"[\s\S]{0,600}<p class="problem" id="date-loi">Ngày không hợp lệ/);
    // A page without a connection: what was chosen stays chosen, and the sentence names no setting of the server.
    const chosen = { date: '26/11/2026', time: '6h45', adapter: 'graph' };
    const unconnected = await editor.submit(`/bai/${post}/dang`, chosen);
    expect([unconnected.status, unconnected.text.includes('LOA_')]).toEqual([422, false]);
    expect(unconnected.text).toContain('Trang chưa nối với Facebook');
    expect(unconnected.text).toMatch(/value="26\/11\/2026"[\s\S]*value="06:45"[\s\S]*<option value="graph" selected>/);
    await editor.submit(`/bai/${post}/dang`, { date: '25/11/2026', time: '7h', adapter: 'manual' });
    expect(words(editor.page.text)).toContain('Đã hẹn giờ đăng.');

    house.clock.set(instantOf('2026-11-25', '07:05', VIETNAM));
    await house.drain();
    const admin = await visitors.enter('page-admin');
    expect(words(admin.page.text)).toContain('Nhà nhà diệt bọ gậy!');
    const id = idIn(/\/bai-dang\/[0-9a-f-]{36}/.exec(admin.page.text)?.[0] ?? '');
    await admin.visit(`/bai-dang/${id}`);
    expect(textareaOf(admin.page.text)).toBe('Nhà nhà diệt bọ gậy!');
    expect(words(admin.page.text)).toContain('Đã đến giờ đăng.');
    const wrong = await admin.submit(`/bai-dang/${id}/duong-dan`, { permalink: 'https://example.com/1' });
    expect(wrong.status).toBe(422);
    await admin.submit(`/bai-dang/${id}/duong-dan`, { permalink: 'https://www.facebook.com/page/posts/123' });
    expect(words(admin.page.text)).toContain('Bài trên trang:');
    expect(admin.hasForm(`/bai-dang/${id}/huy`)).toBe(false);
    expect((await admin.visit('/bai-dang?trangthai=cancelled')).text).toContain('Không có bài đăng nào');
  });

  it('who was away too long loses his session, not his text', async () => {
    await visitors.comeBack(editor);
    await editor.visit(`/bai/moi?dot=${campaign}`);
    house.clock.advance(31 * 60_000);
    const form = {
      channelKind: 'ward-loudspeaker',
      templateCode: '',
      title: 'Viết lâu',
      text: 'Viết lâu lắm.\nGần một giờ.',
    };
    const late = await editor.submit('/bai/moi', { ...form, v_placeName: '' });
    expect(late.status).toBe(401);
    expect(textareaOf(late.text)).toBe('Viết lâu lắm.\nGần một giờ.');
    await visitors.comeBack(editor);
  });

  it('text that would like to be a program is shown as it was written', async () => {
    await editor.visit(`/bai/moi?dot=${campaign}`);
    const form = { channelKind: 'ward-loudspeaker', templateCode: '', title: HOSTILE, text: `Bà con ${HOSTILE}` };
    await editor.submit('/bai/moi', { ...form, v_placeName: '' });
    expect(editor.page.status).toBe(200);
    expect(textareaOf(editor.page.text)).toBe(`Bà con ${HOSTILE}`);
    expect(words(editor.page.text)).toContain('{{constructor}} {{{text}}}');
    await editor.visit(`/bai?dot=${campaign}`);
    expect(editor.page.text).toContain('&lt;script&gt;');
    await editor.visit(`/cong-van?tim=${encodeURIComponent(HOSTILE)}`);
    expect(words(editor.page.text)).toContain(`Không có công văn nào khớp với “${HOSTILE}”`);
    await visitors.enter('operator', 'phuong-tran-phu', HOSTILE);
  });
});

describe('people and stations', () => {
  it('an administrator makes an account that can come in, and shuts it', async () => {
    const admin = await visitors.enter('admin');
    const asked = { displayName: 'Trần Thị Trực', username: 'truc.dai', password: 'ngắn', roles: 'operator' };
    const weak = await admin.submit('/nguoi-dung', { ...asked, unitCode: 'phuong-bac-ha' });
    expect(weak.status).toBe(422);
    expect(weak.text).toContain('value="truc.dai"');
    expect(weak.text).not.toContain('ngắn"');
    expect((await admin.submit('/nguoi-dung', { ...asked, password: PASSWORD, unitCode: '' })).status).toBe(422);
    await admin.submit('/nguoi-dung', { ...asked, password: PASSWORD, unitCode: 'phuong-bac-ha' });
    expect(words(admin.page.text)).toContain('Trần Thị Trực truc.dai Trực đài (Phường Bắc Hà)');
    expect(
      (await admin.submit('/nguoi-dung', { ...asked, password: PASSWORD, unitCode: 'phuong-bac-ha' })).status,
    ).toBe(409);

    const operator = visitors.stranger();
    await operator.visit('/lich');
    await operator.submit('/dang-nhap', { username: 'truc.dai', password: PASSWORD });
    // A password that an administrator chose is changed first.
    expect(operator.path).toBe('/bao-mat/mat-khau');
    const own = 'của riêng mình, dài đấy';
    await operator.submit('/bao-mat/mat-khau', { current: PASSWORD, next: own, repeated: own });
    // After the first password people are at their work, not at their settings.
    expect(operator.path).toBe('/hom-nay?xong=da-doi-mat-khau-minh');
    expect(words(operator.page.text)).toContain('Đã đổi mật khẩu');
    await operator.visit('/lich');
    expect(operator.path).toBe('/lich');
    expect(operator.page.text.match(/href="\/lich\/truyen-thanh/g)).toHaveLength(1);

    await admin.visit('/nguoi-dung');
    const row = admin.page.text.split('<tr').find((one) => one.includes('truc.dai')) ?? '';
    await admin.submit(/\/nguoi-dung\/[0-9a-f-]+\/khoa/.exec(row)?.[0] ?? '');
    expect(words(admin.page.text)).toContain('Đã khóa tài khoản.');
    expect((await operator.visit('/lich')).text).toContain('name="password"');
    expect((await operator.visit('/nguoi-dung')).text).toContain('name="password"');
  });

  it('a station gets its token once, a new one when asked, and none when revoked', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit('/tram');
    await admin.submit('/tram', { channelCode: BAC_HA, name: 'Nhà văn hóa tổ 3' });
    const [, token = ''] = /class="token">([^<]+)</.exec(admin.page.text) ?? [];
    const knock = (secret: string) =>
      house
        .stranger()
        .get('/api/station/me', { authorization: `Bearer ${secret}` })
        .then((answer) => answer.status);
    const unknown = await knock('no-such-token');
    expect(unknown).toBe(401);
    expect(await knock(token)).not.toBe(401);
    expect((await admin.visit('/tram')).text).not.toContain(token);
    expect((await admin.submit('/tram', { channelCode: BAC_HA, name: 'Nhà văn hóa tổ 3' })).status).toBe(409);
    expect(words((await admin.visit('/tram?tim=nha+van+hoa+bac+ha')).text)).toContain('Nhà văn hóa tổ 3');
    expect(words((await admin.visit('/tram?tim=khong+co+dau')).text)).toContain('Không có trạm nào khớp.');
    await admin.visit('/tram');
    const action = /\/tram\/[0-9a-f-]+(?=\/cap-lai)/.exec(admin.page.text)?.[0] ?? '';
    await admin.submit(`${action}/cap-lai`);
    const [, second = ''] = /class="token">([^<]+)</.exec(admin.page.text) ?? [];
    expect([second === token, await knock(token)]).toEqual([false, 401]);
    await admin.submit(`${action}/thu-hoi`);
    expect([words(admin.page.text).includes('đã thu hồi'), await knock(second)]).toEqual([true, 401]);
  });
});

describe('every screen', () => {
  it('answers what is not there, or is no id at all, with a page that says so', async () => {
    const official = await visitors.enter('admin');
    const editor = await visitors.enter('editor');
    const approver = await visitors.enter('approver');
    const admin = await visitors.enter('page-admin');
    const none = '0199b9a4-7a3c-7abc-8def-0123456789ab';
    const missing: [Visitor, string][] = [none, 'x', '%00', "'%20OR%201=1--"].flatMap((id): [Visitor, string][] => [
      [official, `/cong-van/${id}`],
      [editor, `/bai/${id}`],
      [editor, `/bai/${id}/xep-lich?tu=2026-11-25&den=2026-11-26&lan=1`],
      [approver, `/duyet/${id}`],
      [official, `/lich/${id}`],
      [official, `/hom-nay?kenh=${id}`],
      [admin, `/bai-dang/${id}`],
      [official, `/bao-cao/${id}`],
    ]);
    for (const [visitor, path] of missing) {
      const answer = await visitor.visit(path);
      expect([path, answer.status, answer.text.includes('Không tìm thấy')]).toEqual([path, 404, true]);
    }
  });

  it('was in order whenever anybody saw it', () => {
    expect(visitors.everyone.flatMap(({ seen }) => seen).length).toBeGreaterThan(70);
    expect(visitors.faults()).toEqual([]);
  });
});
