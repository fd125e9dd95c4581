import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import type { Visitor } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';
import { idIn, LETTER, textareaOf, tokenOf, Visitors, words } from '../support/visitors.js';

const SHORT = 'Thông báo của UBND: ngày 25/11/2026 bà con ra quân diệt bọ gậy.\n\nXin cảm ơn!';
const BAC_HA = 'truyen-thanh-phuong-bac-ha';

let house: House;
let visitors: Visitors;

beforeAll(async () => {
  house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
  visitors = new Visitors(house);
});
afterAll(() => house.close());

describe('from the letter to the loudspeaker and the report', () => {
  let editor: Visitor;
  let directive: string;
  let campaign: string;
  let script: string;

  it('an editor registers a letter, sees what it orders, and opens a campaign', async () => {
    editor = await visitors.enter('editor');
    expect(editor.path).toBe('/ban-bien-tap');
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
    expect(editor.page.text).toMatch(/<a class="mark changed"[^>]* title="Viết: 37">ba mươi bảy/);
  });

  it('a place is read otherwise once a person says so, and as before when he takes it back', async () => {
    const [, href = ''] = /<a class="mark changed" href="([^"]+)"[^>]*title="Viết: 37"/.exec(editor.page.text) ?? [];
    await editor.visit(href);
    const digits = await editor.submit(`/bai/${script}/doc`, { spoken: '37', where: 'here' });
    expect([digits.status, digits.text.includes('role="alert"')]).toEqual([422, true]);
    await editor.submit(`/bai/${script}/doc`, { spoken: 'ba bảy', where: 'here' });
    expect(editor.path).toBe(`/bai/${script}?xong=da-sua-doc`);
    expect(editor.page.text).toMatch(/<a class="mark decided"[^>]*title="Viết: 37">ba bảy/);
    await editor.submit(`/bai/${script}/doc/bo`);
    expect(editor.page.text).toMatch(/<a class="mark changed"[^>]*title="Viết: 37">ba mươi bảy/);
    const gone = await editor.visit(`/bai/${script}/doc?cho=1-2`);
    expect([gone.status, words(gone.text).includes('Chỗ này vừa thay đổi')]).toEqual([200, true]);
  });

  it('an unsaved text is read too, and a piece of a page is a piece', async () => {
    const headers = { 'hx-request': 'true', 'x-csrf-token': tokenOf(editor.page.text) };
    const tried = await editor.client.post(`/bai/${script}/doc-thu`, new URLSearchParams({ text: 'Lúc 5h' }), headers);
    expect([tried.status, words(tried.text).includes('năm giờ'), tried.text.includes('<html')]).toEqual([
      200,
      true,
      false,
    ]);
    const long = new URLSearchParams({ text: 'Phường thu 99.999.999 đồng. '.repeat(780) });
    const told = words((await editor.client.post(`/bai/${script}/doc-thu`, long, headers)).text);
    expect(/Bản thu sẽ dài chừng 6\d phút; bản thu dài nhất là 60 phút nên không dựng được/.test(told)).toBe(true);
    const sound = await editor.client.get(`/bai/${script}/ban-thu`, headers);
    expect([sound.status, words(sound.text).startsWith(' Bản thu'), sound.text.includes('<html')]).toEqual([
      200,
      true,
      false,
    ]);
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
    await editor.visit(`/bai/${script}/so-sanh?tu=2&den=3`);
    expect(editor.page.text).toMatch(/<ins>[^<]+<\/ins>/);
    expect((await editor.visit(`/bai/${script}/so-sanh?tu=9`)).status).toBe(404);
    await editor.visit(`/bai/${script}/canh-nhau`);
    expect(words(editor.page.text)).toContain('Truyền thanh cơ sở');
    await editor.visit(`/bai/${script}`);
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
    // A person who types meanwhile is not interrupted.
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
    const approver = await visitors.enter('approver');
    expect(words(approver.page.text)).toContain('Diệt bọ gậy');
    const version = idIn(/\/duyet\/[0-9a-f-]{36}/.exec(approver.page.text)?.[0] ?? '');
    await approver.visit(`/duyet/${version}`);
    expect(approver.page.text).toMatch(/<audio controls preload="\w+" src="\/api\/clips\//);
    expect(words(approver.page.text)).toContain('ngày hai mươi lăm tháng mười một');

    // Each decision has a sheet of its own, with one button.
    expect(approver.page.text).not.toContain('<button class="danger"');
    await approver.visit(`/duyet/${version}/tra-lai`);
    expect(approver.hasForm(`/duyet/${version}/duyet-phat`)).toBe(false);
    const silent = await approver.submit(`/duyet/${version}/tra-lai`, { comment: ' ' });
    expect([silent.status, words(silent.text).includes('Xin ghi lý do trả lại')]).toEqual([422, true]);
    await approver.visit(`/duyet/${version}/duyet-phat`);
    expect(approver.hasForm(`/duyet/${version}/tra-lai`)).toBe(false);
    expect(words(approver.page.text)).toContain('Sẽ phát ở đâu, khi nào, bao nhiêu lần');
    expect(words(approver.page.text)).toContain('ít nhất 2 lần mỗi ngày chừng 120 lượt: 15 kênh × 2 lần × 4 ngày');
    const other = await approver.submit(`/duyet/${version}/duyet-phat`, {
      contentHash: 'f'.repeat(64),
      comment: 'Đã nghe kỹ',
    });
    expect(other.status).toBe(409);
    expect(other.text).toContain('Đã nghe kỹ');
    // He has not heard it: asked once more; then a browser without scripts states that he has.
    const unheard = await approver.submit(`/duyet/${version}/duyet-phat`);
    expect([unheard.status, words(unheard.text).includes('Vẫn duyệt khi chưa nghe hết')]).toEqual([409, true]);
    await approver.visit(`/duyet/${version}`);
    await approver.submit(`/duyet/${version}/da-nghe`);
    expect(words(approver.page.text)).toContain('Bạn đã nghe hết lúc Thứ Ba 24/11, 08:00.');
    await approver.visit(`/duyet/${version}/duyet-phat`);
    await approver.submit(`/duyet/${version}/duyet-phat`, { comment: 'Đã nghe kỹ' });
    expect(approver.path).toBe('/duyet?xong=da-duyet');
    expect(words(approver.page.text)).toContain('Không có bài nào chờ duyệt');
    await editor.visit(`/bai/${script}`);
    expect(words(editor.page.text)).toMatch(
      /Người approver đã duyệt lúc Thứ Ba 24\/11, 08:00, tự xác nhận đã nghe hết lúc Thứ Ba 24\/11, 08:00: Đã nghe kỹ/,
    );
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
    const operator = await visitors.enter('operator', 'phuong-bac-ha');
    expect(operator.path).toBe('/hom-nay');
    expect(words(operator.page.text)).toContain('Ngày này chưa có lượt phát nào');
    house.clock.set(instantOf('2026-11-25', '06:50', VIETNAM));
    await visitors.comeBack(operator);
    const [before = '', after = ''] = operator.page.text.split('bây giờ 06:50');
    expect(before).toContain('Diệt bọ gậy');
    expect(after).toContain('Diệt bọ gậy');
    expect(words(operator.page.text)).toMatch(/Lượt tiếp theo lúc 1[78]:\d\d/);
    for (const format of ['m3u8', 'xspf', 'zip']) {
      const list = await operator.client.get(`/api/channels/${BAC_HA}/playlists/2026-11-25.${format}`);
      expect([format, list.status]).toEqual([format, 200]);
      expect(operator.page.text).toContain(`href="/api/channels/${BAC_HA}/playlists/2026-11-25.${format}"`);
    }
    const [, action = ''] = /action="(\/hom-nay\/luot\/[^"]+)"/.exec(before) ?? [];
    const silent = await operator.submit(action, { played: 'no', reason: '' });
    expect([silent.status, words(silent.text).includes('Xin ghi lý do')]).toEqual([422, true]);
    const headers = { 'hx-request': 'true', 'x-csrf-token': tokenOf(operator.page.text) };
    const said = { kenh: BAC_HA, played: 'no', reason: '' };
    const piece = await operator.client.post(action, new URLSearchParams(said), headers);
    expect([piece.status, piece.text.startsWith('<article'), words(piece.text).includes('Xin ghi lý do')]).toEqual([
      422,
      true,
      true,
    ]);
    await operator.submit(action, { played: 'yes' });
    expect(words(operator.page.text)).toContain('Đã phát');
    expect(words(operator.page.text)).toContain('Căn cứ: trực đài xác nhận.');
    expect(operator.page.text).not.toContain(action);

    const neighbour = await visitors.enter('operator', 'phuong-nam-ha');
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
    expect((await neighbour.visit(`/bai/${script}`)).status).toBe(404);
  });

  it('the report counts what was planned and played, and goes to Excel', async () => {
    const official = await visitors.enter('official');
    await official.visit('/bao-cao?tim=sot xuat huyet');
    await official.visit(`/bao-cao/${directive}`);
    const text = words(official.page.text);
    expect(text).toContain('Đã xếp 119 lượt: 1 đã phát, 0 không phát được, 118 chưa có kết quả.');
    expect(text).toContain('C (trực đài xác nhận): 1');
    expect(official.page.text).toContain(`href="/lich"`);
    const csv = await official.client.get(`/api/directives/${directive}/report.csv?by=unit`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(official.page.text).toContain(`/api/directives/${directive}/report.csv?by=unit`);
  });

  it('a page is packed for a browser that unpacks, and reads the same', async () => {
    const official = await visitors.enter('official');
    const ask = (encoding: string) =>
      official.client.get(`/bao-cao/${directive}`, { accept: 'text/html', 'accept-encoding': encoding });
    const [plain, packed] = [await ask('identity'), await ask('gzip')];
    expect([plain, packed].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip']);
    expect(words(packed.text)).toBe(words(plain.text));
    expect(words(plain.text)).toContain('Đã xếp 119 lượt');
  });

  it('every page that anybody saw was in order', () => {
    expect(visitors.everyone.flatMap(({ seen }) => seen).length).toBeGreaterThan(40);
    expect(visitors.faults()).toEqual([]);
  });
});
