import { plain } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';
import { plannedPost } from '../support/posting.js';
import { Visitors, words } from '../support/visitors.js';

describe('the screen of the audit', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  it('an administrator filters by who, what and day, follows one thing, takes the file and asks whether it is whole', async () => {
    const { id } = await plannedPost(house, 'manual', 'Diệt lăng quăng');
    const admin = await visitors.enter('admin', undefined, 'Phạm Quản Trị');
    await visitors.enter('editor', undefined, 'Đặng Thị Hằng');
    const all = await admin.visit('/nhat-ky');
    expect(words(all.text)).toContain('Bài đăng: hẹn giờ');
    expect(words(all.text)).toContain('24/11/2026 10:42:00');
    expect(words((await admin.visit('/nhat-ky?viec=account')).text)).not.toContain('Bài đăng: hẹn giờ');
    expect(plain((await admin.visit('/nhat-ky?ai=thu nghiem&viec=post')).text)).toContain(`/nhat-ky?ma=${id}`);
    const one = await admin.visit(`/nhat-ky?ma=${id}`);
    expect(words(one.text)).toContain('Bài đăng: hẹn giờ');
    expect(plain(one.text)).toContain(`href="/api/audit.csv?entityId=${id}&kind=excel"`);
    expect(words((await admin.visit('/nhat-ky?tu=2026-11-25')).text)).toContain('Không có dòng nhật ký nào khớp.');
    for (const odd of ['?viec=x', '?tu=hôm qua', '?truoc=0', '?truoc=x', '?ai=%']) {
      expect((await admin.visit(`/nhat-ky${odd}`)).status).toBe(200);
    }
    await admin.visit('/nhat-ky');
    expect(words((await admin.submit('/nhat-ky/kiem-tra')).text)).toMatch(/Nhật ký còn nguyên vẹn: \d+ dòng/);
    expect((await admin.client.get(`/api/audit.csv?entityId=${id}`)).text).toContain(id);
    expect(visitors.faults()).toEqual([]);
  });

  it('nobody else has it', async () => {
    for (const role of ['editor', 'official', 'approver', 'page-admin'] as const) {
      expect((await (await visitors.enter(role)).visit('/nhat-ky')).status).toBe(403);
    }
  });
});
