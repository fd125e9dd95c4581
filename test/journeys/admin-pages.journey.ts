import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { ChannelWindow } from '../../src/channels/entities/channel-window.entity.js';
import { Holiday } from '../../src/channels/entities/holiday.entity.js';
import { Policy } from '../../src/channels/entities/policy.entity.js';
import { LexiconEntry } from '../../src/speech/lexicon/lexicon-entry.entity.js';
import { SpeechSetting } from '../../src/speech/settings/speech-setting.entity.js';
import { type House, openHouse } from '../support/house.js';
import { idIn, Visitors, words } from '../support/visitors.js';

describe('what an administrator keeps on screen', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse();
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());
  const em = () => house.app.get(Database).read();
  const facts = (action: string) => em().countBy(AuditEntry, { action });

  it('the lexicon: found without tone marks, added, changed, removed and taken back, with who added it', async () => {
    const admin = await visitors.enter('admin', undefined, 'Nguyễn Thị Từ');
    await admin.visit('/tu-dien?cua=built-in&tim=uy ban nhan dan');
    expect(words(admin.page.text)).toContain('Có sẵn trong Loa');
    const entry = { written: 'HTX Đồng Tâm', spoken: 'hợp tác xã Đồng Tâm', owner: 'centre' };
    await admin.submit('/tu-dien', entry);
    expect([admin.page.status, words(admin.page.text).includes('Đã lưu.')]).toEqual([200, true]);
    expect(words((await admin.visit('/tu-dien?tim=dong tam')).text)).toContain('Nguyễn Thị Từ');
    const { id } = await em().findOneByOrFail(LexiconEntry, { written: entry.written });
    await admin.visit(`/tu-dien/${id}`);
    await admin.submit(`/tu-dien/${id}`, { spoken: 'hợp tác xã nông nghiệp Đồng Tâm', before: 'ông, bà' });
    expect(await em().findOneByOrFail(LexiconEntry, { id })).toMatchObject({
      spoken: 'hợp tác xã nông nghiệp Đồng Tâm',
      before: ['bà', 'ông'],
    });
    await admin.submit(`/tu-dien/${id}/xoa`);
    expect(words(admin.page.text)).toContain('Đã bỏ “HTX Đồng Tâm” khỏi từ điển.');
    await admin.submit(`/tu-dien/${id}/khoi-phuc`);
    expect([idIn(admin.path), words(admin.page.text).includes('Đã khôi phục.')]).toEqual([id, true]);
    expect(await facts('lexicon.restored')).toBe(1);
  });

  it('the lexicon: what cannot be said stands beside its field, with what was typed', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit('/tu-dien');
    const wrong = await admin.submit('/tu-dien', { written: 'KM9', spoken: 'ki lô mét 9', owner: 'centre' });
    const beside = /id="spoken"[^>]*value="ki lô mét 9"[^>]*>\s*<p class="problem" id="spoken-loi">[^<]*chữ số/;
    expect([wrong.status, beside.test(wrong.text)]).toEqual([422, true]);
    const twice = { written: 'HTX Sông Lam', spoken: 'hợp tác xã Sông Lam', owner: 'centre' };
    await admin.submit('/tu-dien', twice);
    await admin.visit('/tu-dien');
    const there = await admin.submit('/tu-dien', twice);
    expect([there.status, there.text.includes('id="written-loi"')]).toEqual([409, true]);
  });

  it("the lexicon: an operator keeps his own ward's and sees no other ward's", async () => {
    const ours = await visitors.enter('operator', 'phuong-bac-ha');
    const theirs = await visitors.enter('operator', 'phuong-nam-ha');
    await ours.visit('/tu-dien');
    const choices = /<select id="owner"[\s\S]*?<\/select>/.exec(ours.page.text)?.[0] ?? '';
    expect([choices.includes('Bắc Hà'), choices.includes('value="centre"')]).toEqual([true, false]);
    await ours.submit('/tu-dien', { written: 'NVH Tổ 3', spoken: 'nhà văn hóa tổ ba' });
    const { id } = await em().findOneByOrFail(LexiconEntry, { written: 'NVH Tổ 3' });
    expect((await ours.visit(`/tu-dien/${id}`)).status).toBe(200);
    expect((await theirs.visit(`/tu-dien/${id}`)).status).toBe(404);
    expect((await theirs.visit('/tu-dien?tim=nvh to 3')).text).not.toContain('nhà văn hóa tổ ba');
    const reader = await visitors.enter('official');
    expect((await reader.visit('/tu-dien')).text).not.toContain('<select id="owner"');
  });

  it('windows: added, changed, one day moved and taken back, retired; what is wrong stands beside its field', async () => {
    const admin = await visitors.enter('admin');
    const path = '/khung-gio/truyen-thanh-phuong-bac-ha';
    expect((await admin.visit('/khung-gio?tim=bac ha')).text).toContain(`href="${path}"`);
    await admin.visit(path);
    const draft = { name: 'Bản tin trưa', start: '11:00', minutes: '20', weekdays: '1' };
    const wrong = await admin.submit(path, { ...draft, minutes: '2000' });
    const beside = /value="2000"[^>]*>\s*<p class="problem">Phải từ 1 đến 1440 phút/;
    expect([wrong.status, beside.test(wrong.text), wrong.text.includes('value="Bản tin trưa"')]).toEqual([
      422,
      true,
      true,
    ]);
    await admin.submit(path, draft);
    const { id } = await em().findOneByOrFail(ChannelWindow, { name: 'Bản tin trưa' });
    await admin.visit(`${path}/${id}`);
    await admin.submit(`${path}/${id}`, { minutes: '25', weekdays: '3' });
    expect(await em().findOneByOrFail(ChannelWindow, { id })).toMatchObject({ minutes: 25, weekdays: [3] });
    const editor = await visitors.enter('editor');
    await editor.visit(`${path}/${id}/ngay`);
    const day = { date: '2026-11-25', kind: 'move', start: '', reason: 'Mất điện' };
    const unsaid = await editor.submit(`${path}/${id}/ngay`, day);
    expect([unsaid.status, /<p class="problem">Ghi giờ mới/.test(unsaid.text)]).toEqual([422, true]);
    await editor.submit(`${path}/${id}/ngay`, { ...day, start: '11:30' });
    expect(words(editor.page.text)).toContain('Đổi giờ hoặc số phút: 11:30');
    await editor.submit(`${path}/${id}/ngay/hoan-tac`);
    expect(words(editor.page.text)).toContain('Mọi ngày theo lịch thường.');
    const over = await editor.submit(`${path}/${id}/ngay`, { ...day, date: '2026-11-01', start: '11:30' });
    expect([
      over.status,
      /name="date"[^>]*>[^]{0,600}<\/output><\/span>\s*<p class="problem">/.test(over.text),
    ]).toEqual([422, true]);
    expect((await editor.visit(path)).text).not.toContain('name="rrule"');
    await admin.visit(`${path}/${id}`);
    await admin.submit(`${path}/${id}/bo`);
    expect(await em().findOneByOrFail(ChannelWindow, { id })).toMatchObject({ active: false });
    expect((await admin.visit(`${path}/${id}`)).status).toBe(404);
  });

  it('the law: set from a preset for a coming day, withdrawn; hours that are none are said beside their field', async () => {
    const admin = await visitors.enter('admin');
    const path = '/khung-gio/luat/quy-dinh';
    await admin.visit(`${path}?loai=ward&mau=ha-noi-2021-quan`);
    const wrong = await admin.submit(path, { quiet: 'buổi trưa', effectiveFrom: '2026-12-01' });
    const beside = /name="quiet" value="buổi trưa"[^>]*>\s*<p class="problem">Phải là giờ địa phương/;
    expect([wrong.status, beside.test(wrong.text)]).toEqual([422, true]);
    await admin.visit(`${path}?loai=ward&mau=ha-noi-2021-quan`);
    await admin.submit(path, { quiet: '11:30-13:30', effectiveFrom: '2026-12-01' });
    const row = await em().findOneByOrFail(Policy, { effectiveFrom: '2026-12-01' });
    expect(row).toMatchObject({ unitKind: 'ward', quiet: [{ from: '11:30', until: '13:30' }], minutesPerSession: 15 });
    expect(row.source).toContain('Hà Nội');
    expect(words(admin.page.text)).toContain('chưa có hiệu lực');
    await admin.submit(`${path}/${row.id}/rut`);
    expect(await em().countBy(Policy, { id: row.id })).toBe(0);
    const past = await admin.submit(path, { name: 'Cũ', effectiveFrom: '2026-11-01' });
    expect([
      past.status,
      /id="effectiveFrom"[^>]*>[^]{0,600}<\/output><\/span>\s*<p class="problem">/.test(past.text),
    ]).toEqual([422, true]);
  });

  it('holidays: a year imported, a day added and removed; a bad year is said beside its field', async () => {
    const admin = await visitors.enter('admin');
    const path = '/khung-gio/luat/ngay-le';
    await admin.visit(path);
    const wrong = await admin.submit(`${path}/nhap`, { year: '1999' });
    expect([wrong.status, /value="1999"[^>]*>\s*<p class="problem">Từ 2001 đến 2098/.test(wrong.text)]).toEqual([
      422,
      true,
    ]);
    await admin.submit(`${path}/nhap`, { year: '2028' });
    expect([admin.path.includes('nam=2028'), words(admin.page.text).includes('Quốc khánh')]).toEqual([true, true]);
    const day = { date: '2028-03-15', name: 'Ngày hội làng', dayOff: 'co' };
    await admin.submit(path, day);
    const { id } = await em().findOneByOrFail(Holiday, { name: day.name });
    const twice = await admin.submit(path, day);
    expect([twice.status, /value="Ngày hội làng"[^>]*>\s*<p class="problem">/.test(twice.text)]).toEqual([409, true]);
    // Changed in its row: refused beside its own field, then moved to another day, name and kind.
    await admin.visit(`${path}?nam=2028`);
    const changed = { date: '2028-03-16', name: 'Lễ hội làng', kind: 'observance' };
    const unnamed = await admin.submit(`${path}/${id}`, { ...changed, name: ' ' });
    const row = unnamed.text.slice(unnamed.text.indexOf(`action="${path}/${id}"`));
    const beside = new RegExp(`^[^]*?id="name-${id}"[^>]*>\\s*<p class="problem">`).exec(row)?.[0] ?? '';
    expect([unnamed.status, beside.includes('value="16/03/2028"'), beside.includes('</form>')]).toEqual([
      422,
      true,
      false,
    ]);
    const taken = await admin.submit(`${path}/${id}`, { ...changed, date: '2028-09-02', name: 'Quốc khánh' });
    expect([taken.status, words(taken.text).includes('đã có “Quốc khánh”')]).toEqual([409, true]);
    await admin.submit(`${path}/${id}`, { ...changed, dayOff: 'co' });
    expect([admin.path.includes('nam=2028'), words(admin.page.text).includes('Lễ hội làng')]).toEqual([true, true]);
    expect(await em().findOneByOrFail(Holiday, { id })).toMatchObject({ ...changed, dayOff: true, flagDay: false });
    await admin.visit(`${path}?nam=2028`);
    await admin.submit(`${path}/${id}/bo`);
    expect(await em().findOneByOrFail(Holiday, { id })).toMatchObject({ active: false });
  });

  it('voices: why one cannot be used; an order, a pace and a way of reading are set; a wrong pace is said beside it', async () => {
    const admin = await visitors.enter('admin');
    await admin.visit('/giong-doc');
    expect(words(admin.page.text)).toContain('Chưa có khóa của FPT.AI');
    const wrong = await admin.submit('/giong-doc', { rate: '900' });
    expect([wrong.status, /value="900"[^>]*>\s*<p class="problem">Phải từ 80 đến 300/.test(wrong.text)]).toEqual([
      422,
      true,
    ]);
    await admin.submit('/giong-doc', { rate: '140', zeroTens: 'lẻ', voices: 'google/vi' });
    expect(await em().findOneByOrFail(SpeechSetting, { owner: 'centre' })).toMatchObject({
      rate: 140,
      reading: { zeroTens: 'lẻ' },
      voices: ['google/vi'],
    });
    const mute = await admin.submit('/giong-doc', { voices: 'fpt/banmai' });
    expect([mute.status, mute.text.includes('Không giọng nào trong danh sách dùng được')]).toEqual([422, true]);
    expect((await (await visitors.enter('editor')).visit('/giong-doc')).status).toBe(403);
  });

  it('no page of these has a fault', () => expect(visitors.faults()).toEqual([]));
});
