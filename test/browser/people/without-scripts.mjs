import { PHONE } from '../cast.mjs';
import { POST } from './editor.mjs';

/** The same reading, submitting and approving in a browser that runs no scripts. */
export async function plainApproving(town) {
  const { seen, cast, size } = town;
  await town.check('without scripts: a text is written, read, submitted and approved', async () => {
    const plain = await town.enter(cast.editor, { scripts: false });
    await plain.open(seen.drafts);
    const own = plain.page.locator('details', { hasText: 'Tự viết' }).last();
    if (!(await own.locator('#title').isVisible())) await own.locator('summary').click();
    await plain.page.selectOption('#channelKind', 'website');
    await plain.page.fill('#title', `Tin trang phường ${size.width}`);
    await plain.page.fill('#text', POST);
    await plain.press('Tạo bài', own);
    await plain.sees('Đã lưu.', 'Bản nháp');
    await plain.press('Gửi lãnh đạo duyệt');
    await plain.sees('Đã gửi lãnh đạo duyệt');
    const leader = await town.enter(cast.approver, { scripts: false });
    await leader.follow(`Tin trang phường ${size.width}`);
    seen.waiting = leader.path();
    await leader.sees('Nhà nhà đổ nước đọng.');
    await leader.follow('Duyệt phát…');
    await leader.page.fill('#code', seen.phone.code());
    await leader.press('Duyệt phát');
    await leader.sees('Đã duyệt.');
    await plain.leave();
    await leader.leave();
  });
}

export async function plainTicking(town) {
  const { cast, size } = town;
  await town.check('without scripts: what was heard is ticked, and what was not with its reason', async () => {
    const plain = await town.enter(cast.operator, { scripts: false });
    const open = plain.page.locator('article:has(.ticks)');
    const before = await open.count();
    if (before < 2) throw new Error(`${before} plays wait for a word`);
    await plain.press('Đã phát', open.first());
    if ((await open.count()) !== before - 1) throw new Error('the tick was not kept');
    await open.first().locator('summary', { hasText: 'Không phát' }).click();
    await open.first().locator('[name=reason]').fill('loa hỏng');
    await plain.press('Ghi là không phát được', open.first());
    await plain.sees('loa hỏng');
    if (size === PHONE) await plain.shoot('hom-nay-khong-js');
    await plain.leave();
  });
}
