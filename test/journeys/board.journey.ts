import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import type { Visitor } from '../support/browser-form.js';
import { at, BAC_HA, clipOf, NAM_HA, place, placed, rowCounts, slotOf } from '../support/at-the-desk.js';
import type { ApprovedClip } from '../support/approved-clip.js';
import type { Client } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

describe('the board of a day', () => {
  let house: House;
  let visitors: Visitors;
  let editor: Visitor;
  let desk: Client;
  let one: ApprovedClip;
  let other: ApprovedClip;

  beforeAll(async () => {
    house = await openHouse();
    visitors = new Visitors(house);
    desk = await house.person('editor');
    editor = await visitors.enter('editor');
    one = await clipOf(house, { title: 'Bài đứng trước', seconds: 60 });
    other = await clipOf(house, { title: 'Bài đến sau', seconds: 60 });
  });
  afterAll(() => house.close());

  it('shows every channel with how full its windows are, and finds one without tone marks', async () => {
    await placed(desk, one, at('05:40'));
    await editor.visit('/lich?ngay=2026-11-25');
    expect(words(editor.page.text)).toContain('16 kênh 1 lượt phát');
    expect(words(editor.page.text)).toContain('1/60 phút · trống 59');
    await editor.visit('/lich?ngay=2026-11-25&tim=bac+ha');
    expect(editor.page.text.match(/href="\/lich\/truyen-thanh/g)).toHaveLength(1);
    await editor.visit('/lich?ngay=2026-11-25&tim=khong+co+dau');
    expect(words(editor.page.text)).toContain('Không có kênh nào khớp');
  });

  it('has sessions as columns, plays as chips with time, title and length, and shows a part of the day', async () => {
    await editor.visit('/lich?ngay=2026-11-25&tim=bac+ha');
    const table = () => editor.page.text.slice(editor.page.text.indexOf('<table'), editor.page.text.indexOf('</table'));
    expect(words(table())).toMatch(/05:30–06:30.*17:00–18:00/);
    expect(words(table())).toContain('05:40 Bài đứng trước 1:00');
    expect(table()).toContain('draggable="true"');
    await editor.visit('/lich?ngay=2026-11-25&tim=bac+ha&buoi=chieu');
    expect(words(table())).not.toContain('Bài đứng trước');
    expect(words(table())).toContain('trống 60');
  });

  it('adds a play to a session: seen first, then placed, with a line in the audit', async () => {
    await editor.visit('/lich?ngay=2026-11-25&tim=bac+ha&buoi=sang');
    const [, link = ''] = /href="(\/lich\/luot\/moi\?[^"]+)"/.exec(editor.page.text) ?? [];
    const fresh = () => editor.visit(link.replace(/&amp;|&#x3D;/g, (sign) => (sign === '&amp;' ? '&' : '=')));
    await fresh();
    expect(words(editor.page.text)).toContain('Bài đến sau (1:00)');
    expect(editor.page.text).toContain('value="05:41"');
    const form = '/lich/luot/moi/xem-truoc';
    await editor.submit(form, { bai: other.clipId, gio: '' });
    expect(words(editor.page.text)).toContain('Xin chọn ngày và giờ phát');
    await editor.submit(form, { bai: '0'.repeat(36), gio: '05:45' });
    expect(words(editor.page.text)).toContain('Xin chọn bài cần phát');
    await editor.submit(form, { bai: other.clipId, gio: '03:00' });
    expect(editor.hasForm('/lich/luot/moi/doi')).toBe(false);
    await fresh();
    await editor.submit(form, { bai: other.clipId, gio: '05:40:10' });
    expect(words(editor.page.text)).toContain('Trùng với lượt phát 05:40–05:41 “Bài đứng trước”');
    expect(words(editor.page.text)).toContain('Giờ trống gần nhất');
    await fresh();
    await editor.submit(form, { bai: other.clipId, gio: '05:45' });
    expect(words(editor.page.text)).toContain('thêm vào Thứ Tư 25/11, 05:45:00');
    const before = await rowCounts(house);
    await editor.submit('/lich/luot/moi/doi');
    expect(editor.path).toBe('/lich?ngay=2026-11-25&xong=da-xep-luot');
    expect(words(editor.page.text)).toContain('05:45 Bài đến sau 1:00');
    expect((await rowCounts(house))['slot']).toBe((before['slot'] ?? 0) + 1);
    const audit = house.app
      .get(Database)
      .read()
      .find(AuditEntry, { where: { action: 'slot.placed' } });
    expect((await audit).map(({ after }) => JSON.stringify(after)).join()).toContain(other.clipId);
  });

  it('an operator may look, but neither drags nor adds', async () => {
    const operator = await visitors.enter('operator', 'phuong-bac-ha');
    await operator.visit('/lich?ngay=2026-11-25');
    expect(words(operator.page.text)).toContain('05:40 Bài đứng trước 1:00');
    expect(operator.page.text).not.toContain('draggable="true"');
    expect(operator.page.text).not.toContain('/lich/luot/moi');
  });

  it('an operator sees his ward, and another ward’s slot is a missing page', async () => {
    const operator = await visitors.enter('operator', 'phuong-nam-ha');
    const slot = await placed(desk, one, at('06:00'));
    await operator.visit('/lich?ngay=2026-11-25');
    expect(operator.page.text).toContain(`/lich/${NAM_HA}`);
    expect(operator.page.text).not.toContain(BAC_HA);
    expect((await operator.visit(`/lich/luot/${slot.id}`)).status).toBe(404);
    expect((await operator.visit(`/lich/luot/${'0'.repeat(36)}`)).status).toBe(404);
    expect((await operator.visit(`/lich/${BAC_HA}/thang`)).status).toBe(404);
  });

  it('a slot says which letter it serves; its move is seen first, then kept, and nothing happens in between', async () => {
    const slot = await placed(desk, one, at('06:10'));
    await editor.visit(`/lich/luot/${slot.id}`);
    expect(words(editor.page.text)).toContain('Theo văn bản');
    expect(editor.page.text).toContain('href="/cong-van/');
    // An operator may not open the letter: its number is shown without a link that would be refused.
    const operator = await visitors.enter('operator', 'phuong-bac-ha');
    await operator.visit(`/lich/luot/${slot.id}`);
    expect(words(operator.page.text)).toContain('Theo văn bản');
    expect(operator.page.text).not.toContain('href="/cong-van');
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { ngay: '2026-11-25', gio: '06:15:30' });
    expect(words(editor.page.text)).toContain('Thứ Tư 25/11, 06:10:00');
    expect(words(editor.page.text)).toContain('Thứ Tư 25/11, 06:15:30');
    expect((await slotOf(house, slot.id)).startsAt).toBe(at('06:10'));
    await editor.submit(`/lich/luot/${slot.id}/doi`);
    expect(words(editor.page.text)).toContain('Đã dời lượt phát');
    expect((await slotOf(house, slot.id)).startsAt).toBe(at('06:15') + 30_000);
  });

  it('a clash names what is met and offers its place, the time after it and the nearest free ones', async () => {
    const existing = await placed(desk, one, at('17:10'));
    const slot = await placed(desk, other, at('17:30'));
    await editor.visit(`/lich/luot/${slot.id}`);
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { ngay: '2026-11-25', gio: '17:10:10' });
    const text = words(editor.page.text);
    expect(text).toContain('Trùng với lượt phát 17:10–17:11 “Bài đứng trước”');
    expect(text).toContain('Thay lượt đang có');
    expect(text).toContain('Xếp ngay sau đó: Thứ Tư 25/11, 17:11:00');
    expect(text).toContain('Giờ trống gần nhất: Thứ Tư 25/11, 17:11:00');
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { khi: 'override' });
    expect(words(editor.page.text)).toContain('không còn ở Thứ Tư 25/11, 17:10:00');
    expect((await slotOf(house, existing.id)).state).toBe('planned');
    await editor.submit(`/lich/luot/${slot.id}/doi`);
    expect([(await slotOf(house, existing.id)).state, (await slotOf(house, slot.id)).startsAt]).toEqual([
      'replaced',
      at('17:10') + 10_000,
    ]);
  });

  it('what was replaced waits beside the board and is made good with one press; a second press is the first', async () => {
    await editor.visit('/lich?ngay=2026-11-25');
    expect(words(editor.page.text)).toContain('Lượt chờ phát bù');
    const [, id = ''] = /action="\/lich\/phat-bu\/([^/]+)\/nhan"/.exec(editor.page.text) ?? [];
    await editor.submit(`/lich/phat-bu/${id}/nhan`);
    expect(editor.path).toBe('/lich?ngay=2026-11-25&xong=da-ghi');
    expect(editor.page.text).not.toContain(id);
  });

  it('who looked at an older state is told so, and nothing moves', async () => {
    const slot = await placed(desk, one, at('17:50'));
    await editor.visit(`/lich/luot/${slot.id}`);
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { ngay: '2026-11-25', gio: '17:55' });
    await desk.post(`/api/slots/${slot.id}/move`, { startsAt: at('17:52') });
    const late = await editor.submit(`/lich/luot/${slot.id}/doi`);
    expect([late.status, words(late.text).includes('vừa được người khác thay đổi')]).toEqual([412, true]);
    expect((await slotOf(house, slot.id)).startsAt).toBe(at('17:52'));
  });

  it('a move without a time, and one outside the hours, say what to do', async () => {
    const slot = await placed(desk, one, at('17:20'));
    await editor.visit(`/lich/luot/${slot.id}`);
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { ngay: '2026-11-25', gio: '' });
    expect(words(editor.page.text)).toContain('Xin chọn ngày và giờ phát mới');
    await editor.visit(`/lich/luot/${slot.id}`);
    await editor.submit(`/lich/luot/${slot.id}/xem-truoc`, { ngay: '2026-11-25', gio: '03:00' });
    expect(editor.page.text).not.toContain(`action="/lich/luot/${slot.id}/doi"`);
  });

  it('a month shows each day in figures', async () => {
    expect((await place(desk, one, at('05:30', '2026-11-26'))).status).toBe(201);
    await editor.visit(`/lich/${BAC_HA}/thang?thang=2026-11-10`);
    expect(words(editor.page.text)).toContain('Tháng 11/2026');
    expect(words(editor.page.text)).toContain('26/11 Thứ Năm 1/120 phút 1 lượt');
  });

  it('no page that anybody saw is broken', () => expect(visitors.faults()).toEqual([]));
});
