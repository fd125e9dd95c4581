import { plain } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';
import { FANPAGE, MINUTE, plannedPost, postRow } from '../support/posting.js';
import { Visitors, words } from '../support/visitors.js';

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the screen of the fanpage', () => {
  let house: House;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '10:42' } });
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  it('shows the month and the week, whether somebody posts, and stops and releases a page with a reason', async () => {
    const { id } = await plannedPost(house, 'manual', 'Diệt lăng quăng');
    const admin = await visitors.enter('page-admin', undefined, 'Hồ Thanh Trang');
    expect(words((await admin.visit('/bai-dang')).text)).toContain('Bộ đăng bài chưa chạy lần nào.');
    await house.drain();
    const month = await admin.visit('/bai-dang');
    expect(words(month.text)).toContain('Bộ đăng bài chạy lúc 10:42:00');
    expect([month.text.includes(`/bai-dang/${id}`), words(month.text).includes('Chờ bạn xử lý')]).toEqual([true, true]);
    expect((await admin.visit('/bai-dang?xem=tuan&ngay=2026-11-24')).text).toContain(`/bai-dang/${id}`);
    expect(words((await admin.visit('/bai-dang?xem=tuan&ngay=2026-12-24')).text)).toContain('Không có bài đăng nào');
    expect((await admin.visit('/bai-dang?tim=diet lang')).text).toContain(`/bai-dang/${id}`);
    expect(words((await admin.visit('/bai-dang?tim=khong-co')).text)).toContain('Không có bài đăng nào khớp.');
    await admin.visit('/bai-dang');
    const refused = await admin.submit(`/bai-dang/kenh/${FANPAGE}/tam-dung`, { lydo: 'x' });
    expect([refused.status, words(refused.text).includes('Xin ghi lý do')]).toEqual([422, true]);
    await admin.visit('/bai-dang');
    const paused = await admin.submit(`/bai-dang/kenh/${FANPAGE}/tam-dung`, { lydo: 'Có tin đồn trên mạng' });
    expect(words(paused.text)).toContain('Tạm dừng Thứ Ba 24/11, 10:42, Hồ Thanh Trang: Có tin đồn trên mạng');
    const released = await admin.submit(`/bai-dang/kenh/${FANPAGE}/dang-tiep`, { lydo: 'Đã đính chính' });
    expect(words(released.text)).toContain('Đăng bằng tay: đến giờ, bài chờ bạn đăng');
    house.clock.advance(3 * MINUTE);
    const piece = await admin.client.get('/bai-dang/nhip', { 'hx-request': 'true' });
    expect(piece.text).toContain('role="alert"');
    expect(words(piece.text)).toContain('Bộ đăng bài ngừng từ 10:42:00.');
    expect(visitors.faults()).toEqual([]);
  });

  it('a post is seen as the page shows it; by hand: copy, picture, link, and who recorded it', async () => {
    const { id, message } = await plannedPost(house, 'manual', 'Tiêm vắc-xin <b>đợt hai</b>');
    await house.drain();
    const admin = await visitors.enter('page-admin', undefined, 'Hồ Thanh Trang');
    const page = await admin.visit(`/bai-dang/${id}`);
    expect(page.text).toContain('class="preview"');
    expect(page.text).not.toContain('<b>đợt hai</b>');
    expect(words(page.text)).toContain(message.split('\n')[0]);
    const form = (bytes: Buffer) => {
      const body = new FormData();
      body.append('alt', 'Áp phích tiêm chủng');
      body.append('file', new Blob([new Uint8Array(bytes)]), 'a.png');
      return body;
    };
    const token = /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const send = (bytes: Buffer) =>
      admin.client.post(`/bai-dang/${id}/anh`, form(bytes), { 'x-csrf-token': token, 'hx-request': 'true' });
    const wrong = await send(Buffer.from('<svg/>'));
    expect([wrong.status, words(wrong.text).includes('không phải ảnh JPEG hoặc PNG')]).toEqual([422, true]);
    const sent = await send(DOT);
    expect([sent.status, sent.headers.get('hx-redirect')]).toEqual([200, `/bai-dang/${id}?xong=da-luu`]);
    expect((await admin.visit(`/bai-dang/${id}`)).text).toContain('alt="Áp phích tiêm chủng"');
    const shown = await admin.visit(`/bai-dang/${id}`);
    for (const address of [/<img src="(\/api\/[^"]+)"/, /href="(\/api\/[^"]+)" download>/]) {
      const picture = await admin.client.get(plain(address.exec(shown.text)?.[1] ?? ''));
      expect([picture.status, picture.bytes.equals(DOT)]).toEqual([200, true]);
    }
    await admin.submit(`/bai-dang/${id}/bo-anh`);
    expect((await admin.visit(`/bai-dang/${id}`)).text).not.toContain('alt="Áp phích tiêm chủng"');
    const outside = await admin.submit(`/bai-dang/${id}/duong-dan`, { permalink: 'https://example.com/x' });
    expect([outside.status, outside.text.includes('value="https://example.com/x"')]).toEqual([422, true]);
    const done = await admin.submit(`/bai-dang/${id}/duong-dan`, { permalink: 'https://www.facebook.com/p/posts/9' });
    expect(words(done.text)).toContain('đăng bằng tay, Hồ Thanh Trang ghi');
    expect((await postRow(house, id)).publishedBy).toBeTruthy();
    expect(visitors.faults()).toEqual([]);
  });

  it('an editor looks and has no switch', async () => {
    const editor = await visitors.enter('editor');
    await editor.visit('/bai-dang');
    expect(editor.hasForm(`/bai-dang/kenh/${FANPAGE}/tam-dung`)).toBe(false);
    expect(visitors.faults()).toEqual([]);
  });
});
