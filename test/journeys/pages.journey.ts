import { Accounts } from '../../src/people/accounts.service.js';
import { systemActor } from '../../src/people/actor.js';
import type { Role } from '../../src/people/role.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { plain, Visitor } from '../support/browser-form.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

const LETTER = `ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ TĨNH
Số: 2024/UBND-VHTT
V/v tuyên truyền phòng, chống sốt xuất huyết

Hà Tĩnh, ngày 20 tháng 11 năm 2026

Kính gửi: Ủy ban nhân dân các phường, xã; Trung tâm Văn hóa - Truyền thông thành phố.

Ủy ban nhân dân thành phố yêu cầu:

1. Ủy ban nhân dân các phường, xã tuyên truyền trên hệ thống truyền thanh cơ sở ít nhất 2 lần/ngày, từ ngày 25/11/2026 đến ngày 28/11/2026, về việc diệt lăng quăng, bọ gậy.

2. Trung tâm Văn hóa - Truyền thông đăng trên trang Fanpage của Trung tâm.

Nơi nhận:
- Như trên;
- Lưu: VT.
`;
const SHORT = 'Thông báo của UBND: ngày 25/11/2026 bà con ra quân diệt bọ gậy.\n\nXin cảm ơn!';
const HOSTILE = '<script>alert(1)</script> {{constructor}} {{{text}}} "><img src=x onerror=alert(1)>';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';

let house: House;
const everyone: Visitor[] = [];

beforeAll(async () => {
  house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
});
afterAll(() => house.close());

/** Somebody with an account who came in through the sign-in form. */
async function enter(role: Role, unitCode?: string, name = `Người ${role}`): Promise<Visitor> {
  const username = `${role}.${everyone.length}`;
  const account = { username, displayName: name, password: PASSWORD, grants: [{ role, unitCode }] };
  await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
  const visitor = new Visitor(house.stranger());
  everyone.push(visitor);
  usernames.set(visitor, username);
  await comeBack(visitor);
  return visitor;
}

const usernames = new Map<Visitor, string>();

/** Half an hour without a sign of life ends a session; in a journey hours pass in a moment. */
async function comeBack(visitor: Visitor): Promise<void> {
  await visitor.visit('/dang-nhap');
  await visitor.submit('/dang-nhap', { username: usernames.get(visitor) ?? '', password: PASSWORD });
}

/** What a reader sees: no tags, spaces evened. */
function words(html: string): string {
  return plain(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
}

const idIn = (path: string) => /[0-9a-f-]{36}/.exec(path)?.[0] ?? '';

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
    const visitor = new Visitor(house.stranger());
    await visitor.visit('/bao-cao');
    const answer = await visitor.submit('/dang-nhap', { username: 'nguoi.la', password: 'sai mật khẩu dài dài' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('value="nguoi.la"');
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain('name="tiep" value="/bao-cao"');
  });

  it('everybody begins at his own work, and a form without its token does nothing', async () => {
    const homes: [Role, string][] = [
      ['approver', '/duyet'],
      ['official', '/bao-cao'],
      ['page-admin', '/bai-dang'],
      ['admin', '/nguoi-dung'],
    ];
    for (const [role, home] of homes) {
      const visitor = await enter(role);
      expect(visitor.path).toBe(home);
      const refused = await visitor.client.post('/dang-xuat', new URLSearchParams({ _csrf: 'đoán' }), {
        accept: 'text/html',
      });
      expect(refused.status).toBe(403);
      expect((await visitor.visit(home)).status).toBe(200);
    }
  });
});

describe('from the letter to the loudspeaker and the report', () => {
  let editor: Visitor;
  let directive: string;
  let campaign: string;
  let script: string;

  it('an editor registers a letter, sees what it orders, and opens a campaign', async () => {
    editor = await enter('editor');
    expect(editor.path).toBe('/bai');
    await editor.visit('/cong-van/moi');
    expect((await editor.submit('/cong-van/moi', { text: 'Kính gửi các bạn' })).status).toBe(422);
    expect(editor.page.text).toContain('Kính gửi các bạn');
    await editor.submit('/cong-van/moi', { text: LETTER });
    directive = idIn(editor.path);
    expect(words(editor.page.text)).toContain('ít nhất 2 25/11/2026 – 28/11/2026');
    await editor.submit(`/cong-van/${directive}/dot`, { from: '2026-11-25', until: '2026-11-28' });
    campaign = idIn(editor.path);
    expect(editor.path).toBe(`/bai?dot=${campaign}&xong=da-luu`);
    // The same letter from a browser, which sends other line ends, is still the same letter.
    await editor.visit('/cong-van/moi');
    await editor.submit('/cong-van/moi', { text: LETTER.replace(/\n/g, '\r\n') });
    expect(editor.path).toBe(`/cong-van/${directive}?xong=da-co`);
  });

  it('makes a script from a template that the letter has filled in, and sees how it will be read', async () => {
    await editor.visit(`/bai?dot=${campaign}`);
    await editor.visit(`/bai/moi?dot=${campaign}`);
    expect(editor.page.text.match(/name="templateCode"/g)).toHaveLength(2);
    const refused = await editor.submit('/bai/moi', { v_placeName: '', v_caseCount: 'mười' });
    expect(refused.status).toBe(422);
    expect(words(refused.text)).toContain('thiếu "Địa bàn"');
    expect(refused.text).toContain('value="mười"');
    await editor.submit('/bai/moi', { v_placeName: 'phường Bắc Hà', v_caseCount: '37', v_asOf: '2026-11-20' });
    script = idIn(editor.path);
    expect(editor.page.status).toBe(200);
    expect(words(editor.page.text)).toContain('ba mươi bảy');
    expect(editor.page.text).toMatch(/<mark class="changed" title="Viết: 37">ba mươi bảy/);
  });

  it('a field that no template has is refused, and a unit or a campaign that is not there is missing', async () => {
    await editor.visit(`/bai/moi?dot=${campaign}`);
    expect((await editor.submit('/bai/moi', { isAdmin: 'true' })).status).toBe(400);
    await editor.visit(`/bai/moi?dot=${campaign}`);
    expect((await editor.submit('/bai/moi', { unitId: directive })).status).toBe(404);
    expect((await editor.visit(`/bai/moi?dot=${directive}`)).status).toBe(404);
  });

  it('what is saved is what was written, and nobody overwrites what he has not seen', async () => {
    await editor.visit(`/bai/${script}`);
    const before = textareaOf(editor.page.text);
    await editor.submit(`/bai/${script}`, { title: 'Diệt bọ gậy' });
    expect(textareaOf(editor.page.text)).toBe(before);
    await editor.submit(`/bai/${script}`, { text: SHORT.replace(/\n/g, '\r\n') });
    expect(textareaOf(editor.page.text)).toBe(SHORT);
    expect(words(editor.page.text)).toContain('Các bản trước Bản 2');
    const late = await editor.submit(`/bai/${script}`, { latestSeen: '1', text: 'Bản viết trên trang cũ.' });
    expect(late.status).toBe(409);
    expect(textareaOf(late.text)).toBe('Bản viết trên trang cũ.');
    expect(words(late.text)).toContain('Bản 3, bản mới nhất');
  });

  it('a clip is asked for, its making is shown, and it is heard', async () => {
    await editor.visit(`/bai/${script}`);
    expect(editor.hasForm(`/bai/${script}/trinh`)).toBe(false);
    await editor.submit(`/bai/${script}/ban-thu`);
    expect(editor.page.text).toContain('<meta http-equiv="refresh" content="3">');
    expect(editor.hasForm(`/bai/${script}`)).toBe(false);
    // Whoever wants to write meanwhile is not interrupted.
    await editor.visit(`/bai/${script}?sua=1`);
    expect(editor.page.text).not.toContain('http-equiv="refresh"');
    expect(editor.hasForm(`/bai/${script}`)).toBe(true);
    await house.drain();
    await editor.visit(`/bai/${script}`);
    expect(editor.page.text).not.toContain('http-equiv="refresh"');
    const [src = ''] = /\/api\/clips\/[0-9a-f]{64}\.mp3/.exec(editor.page.text) ?? [];
    const sound = await editor.client.get(src);
    expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    expect(sound.bytes.length).toBeGreaterThan(10_000);
  }, 60_000);

  it('submits; another person listens, returns with a comment or approves exactly what he saw', async () => {
    await editor.submit(`/bai/${script}/trinh`);
    expect(words(editor.page.text)).toContain('Chờ duyệt');
    const approver = await enter('approver');
    expect(words(approver.page.text)).toContain('Diệt bọ gậy');
    const version = idIn(/\/duyet\/[0-9a-f-]{36}/.exec(approver.page.text)?.[0] ?? '');
    await approver.visit(`/duyet/${version}`);
    expect(approver.page.text).toMatch(/<audio controls preload="metadata" src="\/api\/clips\//);
    expect(words(approver.page.text)).toContain('ngày hai mươi lăm tháng mười một');

    const silent = await approver.submit(`/duyet/${version}`, { decision: 'returned', comment: ' ' });
    expect([silent.status, words(silent.text).includes('Xin ghi lý do trả lại')]).toEqual([422, true]);
    const other = await approver.submit(`/duyet/${version}`, {
      decision: 'approved',
      contentHash: 'f'.repeat(64),
      comment: 'Đã nghe kỹ',
    });
    expect(other.status).toBe(409);
    expect(other.text).toContain('Đã nghe kỹ');
    await approver.submit(`/duyet/${version}`, { decision: 'approved' });
    expect(approver.path).toBe('/duyet?xong=da-duyet');
    expect(words(approver.page.text)).toContain('Không có bài nào chờ duyệt');
    await editor.visit(`/bai/${script}`);
    expect(words(editor.page.text)).toMatch(/Người approver đã duyệt lúc Thứ Ba 24\/11, 08:00: Đã nghe kỹ/);
    expect((await editor.visit('/duyet')).status).toBe(403);
  });

  it('a plan is seen before it is made; made again it adds nothing', async () => {
    await editor.visit(`/bai/${script}`);
    const [obligation = ''] = /[0-9a-f-]{36}(?=" selected>Điểm 1)/.exec(editor.page.text) ?? [];
    const address = `/bai/${script}/xep-lich?tu=2026-11-25&den=2026-11-28&lan=2&nhiem-vu=${obligation}`;
    await editor.visit(address);
    expect(words(editor.page.text)).toContain('120 lượt mới');
    await editor.visit(address);
    expect(words(editor.page.text)).toContain('120 lượt mới');
    await editor.submit(`/bai/${script}/xep-lich`);
    expect(words(editor.page.text)).toContain('Đã xếp lịch. ');
    expect(words(editor.page.text)).toContain('120 lượt của bài này đang đứng trong lịch');
    await editor.visit(`/bai/${script}`);
    expect(words(editor.page.text)).toContain('120 lượt trên 15 kênh: 120 đã xếp lịch.');
    const wrong = await editor.visit(`/bai/${script}/xep-lich?tu=2027-01-01&den=2027-01-05&lan=2`);
    expect([wrong.status, words(wrong.text).includes('Đợt tuyên truyền chỉ kéo dài')]).toEqual([422, true]);
  });

  it('the week of a channel shows its windows and slots; one is taken out with a reason', async () => {
    await editor.visit('/lich?tim=bac ha');
    expect(editor.page.text.match(/href="\/lich\/truyen-thanh/g)).toHaveLength(1);
    await editor.visit(`/lich/${BAC_HA}`);
    expect(editor.page.text).toContain(`/lich/${BAC_HA}?tuan=2026-11-16`);
    expect(editor.page.text.match(/class="slot"/g)).toHaveLength(8);
    await editor.visit(`/lich/${BAC_HA}?tuan=2026-11-29`);
    expect(words(editor.page.text)).toContain('23/11/2026 – 29/11/2026');
    const [, last = ''] = [...editor.page.text.matchAll(/name="slotId" value="([^"]+)"/g)].at(-1) ?? [];
    const noReason = await editor.submit(`/lich/${BAC_HA}/huy`, { slotId: last, reason: ' ' });
    expect(noReason.status).toBe(422);
    await editor.submit(`/lich/${BAC_HA}/huy`, { slotId: last, reason: 'Nhường sóng cho tin bão' });
    expect(words(editor.page.text)).toContain('Đã hủy');
    expect(words(editor.page.text)).toContain('Nhường sóng cho tin bão');
  });

  it('the operator of the ward sees his day, takes the playlist and says what was played', async () => {
    const operator = await enter('operator', 'phuong-bac-ha');
    expect(operator.path).toBe('/hom-nay');
    expect(words(operator.page.text)).toContain('Ngày này chưa có lượt phát nào');
    house.clock.set(instantOf('2026-11-25', '06:50', VIETNAM));
    await comeBack(operator);
    const [before = '', after = ''] = operator.page.text.split('bây giờ 06:50');
    expect(before).toContain('Diệt bọ gậy');
    expect(after).toContain('Diệt bọ gậy');
    expect(words(operator.page.text)).toMatch(/Lượt tiếp theo lúc 1[78]:\d\d/);
    for (const format of ['m3u8', 'xspf', 'json']) {
      const list = await operator.client.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.${format}`);
      expect([format, list.status]).toEqual([format, 200]);
      expect(operator.page.text).toContain(`href="/api/channels/${BAC_HA}/playlists/2026-11-25.${format}"`);
    }
    const [, action = ''] = /action="(\/hom-nay\/luot\/[^"]+)"/.exec(before) ?? [];
    const silent = await operator.submit(action, { played: 'no', reason: '' });
    expect([silent.status, words(silent.text).includes('Xin ghi lý do')]).toEqual([422, true]);
    await operator.submit(action, { played: 'yes' });
    expect(words(operator.page.text)).toContain('Đã phát');
    expect(words(operator.page.text)).toContain('Căn cứ: trực đài xác nhận.');
    expect(operator.page.text).not.toContain(action);

    const neighbour = await enter('operator', 'phuong-nam-ha');
    for (const path of [`/lich/${BAC_HA}`, `/hom-nay?kenh=${BAC_HA}`, `/lich/khong-co-kenh-nay`]) {
      expect([path, (await neighbour.visit(path)).status]).toEqual([path, 404]);
    }
    const [, own = ''] = /action="(\/hom-nay\/luot\/[^"]+)"/.exec((await neighbour.visit('/hom-nay')).text) ?? [];
    expect(own).not.toBe('');
    const foreign = await neighbour.client.post(
      action,
      new URLSearchParams({ _csrf: tokenOf(neighbour.page.text), kenh: BAC_HA, played: 'yes' }),
      { accept: 'text/html' },
    );
    expect(foreign.status).toBe(404);
    expect((await neighbour.visit(`/bai/${script}`)).status).toBe(403);
  });

  it('a post for the fanpage waits for a person, who says where it is', async () => {
    await comeBack(editor);
    await editor.visit(`/bai/moi?dot=${campaign}`);
    const form = { channelKind: 'fanpage', templateCode: '', title: 'Bài đăng', text: 'Nhà nhà diệt bọ gậy!' };
    await editor.submit('/bai/moi', { ...form, v_placeName: '', v_issuer: '' });
    const post = idIn(editor.path);
    await editor.submit(`/bai/${post}/trinh`);
    const approver = await enter('approver');
    const version = idIn(/\/duyet\/[0-9a-f-]{36}/.exec(approver.page.text)?.[0] ?? '');
    await approver.visit(`/duyet/${version}`);
    await approver.submit(`/duyet/${version}`, { decision: 'approved' });
    await editor.visit(`/bai/${post}`);
    expect((await editor.submit(`/bai/${post}/dang`, { date: '2026-02-30' })).status).toBe(422);
    await editor.submit(`/bai/${post}/dang`, { date: '2026-11-25', time: '07:00' });
    expect(words(editor.page.text)).toContain('Đã hẹn giờ đăng.');

    house.clock.set(instantOf('2026-11-25', '07:05', VIETNAM));
    await house.drain();
    const admin = await enter('page-admin');
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

  it('the report counts what was planned and played, and goes to Excel', async () => {
    const official = await enter('official');
    await official.visit('/bao-cao?tim=sot xuat huyet');
    await official.visit(`/bao-cao/${directive}`);
    const text = words(official.page.text);
    expect(text).toContain('Đã xếp 120 lượt: 2 đã phát, 0 không phát được, 118 chưa có kết quả.');
    expect(text).toContain('C (trực đài xác nhận): 1');
    expect(official.page.text).toContain(`href="/lich"`);
    const csv = await official.client.get(`/api/directives/${directive}/report.csv?by=unit`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(official.page.text).toContain(`/api/directives/${directive}/report.csv?by=unit`);
  });

  it('who was away too long loses his session, not his text', async () => {
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
    await comeBack(editor);
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
    await enter('operator', 'phuong-tran-phu', HOSTILE);
  });
});

describe('people and stations', () => {
  it('an administrator makes an account that can come in, and shuts it', async () => {
    const admin = await enter('admin');
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

    const operator = new Visitor(house.stranger());
    everyone.push(operator);
    await operator.visit('/lich');
    await operator.submit('/dang-nhap', { username: 'truc.dai', password: PASSWORD });
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
    const admin = await enter('admin');
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
    await admin.visit('/tram');
    const action = /\/tram\/[0-9a-f-]+(?=\/cap-lai)/.exec(admin.page.text)?.[0] ?? '';
    await admin.submit(`${action}/cap-lai`);
    const [, second = ''] = /class="token">([^<]+)</.exec(admin.page.text) ?? [];
    expect([second === token, await knock(token)]).toEqual([false, 401]);
    await admin.submit(`${action}/thu-hoi`);
    expect([words(admin.page.text).includes('đã thu hồi'), await knock(second)]).toEqual([true, 401]);
  });
});

describe('every screen that was seen', () => {
  it('is Vietnamese, has no script and no style of its own, and nothing broke', () => {
    const pages = everyone.flatMap((visitor) => visitor.seen);
    expect(pages.length).toBeGreaterThan(80);
    for (const { path, status, html } of pages) {
      expect([path, status < 500]).toEqual([path, true]);
      expect([path, html.slice(0, 40)]).toEqual([path, expect.stringMatching(/^<!doctype html>\s<html lang="vi">/)]);
      expect([path, html.match(/<script|\sstyle=|\son[a-z]+="|javascript:/gi)]).toEqual([path, null]);
      expect([path, html.match(/\[object |undefined|\bnull\b|NaN/g)]).toEqual([path, null]);
    }
  });

  it('has the token in every form that changes something', () => {
    for (const { path, html } of everyone.flatMap((visitor) => visitor.seen)) {
      const forms = html.match(/<form[\s\S]*?<\/form>/g) ?? [];
      const without = forms.filter((form) => form.includes('method="post"') && !form.includes('name="_csrf"'));
      expect([path, without]).toEqual([path, []]);
    }
  });

  it('answers what is not there, or is no id at all, with a page that says so', async () => {
    const official = await enter('admin');
    const editor = await enter('editor');
    const approver = await enter('approver');
    const admin = await enter('page-admin');
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
});

function textareaOf(html: string): string {
  return plain(/<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(html.slice(html.indexOf('<main')))?.[1] ?? '');
}

function tokenOf(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
