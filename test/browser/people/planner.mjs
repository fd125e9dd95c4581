import { day } from '../cast.mjs';
import { dragOnTheBoard } from '../board.mjs';

const LEAST_PLAYS = 2;

/** The editor plans the approved content, moves one play and cancels another. */
export async function plannerPlans(town) {
  const { seen, ward, size, movesOn } = town;
  const planner = seen.editor;

  await town.check('the planner looks at the plan, makes it, and finds it in the week and the month', async () => {
    await planner.open(seen.script);
    await planner.sees(`${town.cast.approver.name} đã duyệt`);
    await planner.page.fill('#lan', '5');
    await planner.press('Xem kế hoạch');
    await planner.sees(/\d+ lượt mới/);
    seen.plan = planner.path() + new URL(planner.page.url()).search;
    await planner.shoot('xep-lich');
    await planner.page.locator('form[method=post] button', { hasText: 'vào lịch' }).click();
    await planner.page.waitForURL(/xong=da-xep-lich/);
    await planner.sees('đang đứng trong lịch');
    await planner.open(`/lich/${ward.channel}?tuan=${day(1)}`);
    const slots = planner.page.locator('.slot', { hasText: `Phun hóa chất ${size.width}` });
    if ((await slots.count()) < LEAST_PLAYS) throw new Error('the week is empty');
    await planner.open(`/lich/${ward.channel}/thang?thang=${day(1).slice(0, 7)}`);
    await planner.sees('Tháng 11/2026', 'lượt');
  });

  if (size.width >= 1024) {
    await town.check('drags a slot on the board, sees what follows, leaves it, drags again and keeps it', async () => {
      await dragOnTheBoard(planner, day(movesOn), ward);
    });
  } else {
    await town.check('reads the board by channel on the phone, nothing beside the screen', async () => {
      await planner.open(`/lich?ngay=${day(movesOn)}&tim=${encodeURIComponent(ward.name)}`);
      await planner.page.locator('#board tr[data-channel] .chip').first().waitFor();
      const cell = planner.page.locator('#board td').first();
      const [box, board] = [await cell.boundingBox(), await planner.page.locator('#board').boundingBox()];
      if (board.width > size.width || box.width < board.width / 2) throw new Error('the board is a table on the phone');
    });
  }

  await town.check('moves a slot by its form, sees what follows, and keeps it', async () => {
    await openSlot(town, planner);
    seen.slot = planner.path();
    const [hour, minute] = (await planner.page.inputValue('#gio')).split(':').map(Number);
    const later = `${String(hour).padStart(2, '0')}:${String(minute + 9).padStart(2, '0')}:00`;
    await planner.page.fill('#gio', later);
    await planner.press('Xem trước thay đổi');
    await planner.sees('Xem trước thay đổi', later.slice(0, 5));
    await planner.press('Lưu thay đổi');
    await planner.sees(later.slice(0, 5), 'Lịch sử lượt phát', 'Lượt phát: chuyển giờ');
  });

  await town.check('is asked once more before a slot is given up, and says why', async () => {
    await planner.page.locator('summary', { hasText: 'Hủy lượt' }).click();
    await planner.sees('Lượt này sẽ không phát.');
    await planner.page.fill('#huy-vi', 'Phường bận họp dân');
    await planner.press('Hủy lượt');
    await planner.sees('Đã hủy', 'Phường bận họp dân');
  });

  await town.check('finds a channel on the board without tone marks', async () => {
    await planner.open(`/lich?ngay=${day(1)}`);
    await planner.page.fill('[name=tim]', 'ha tinh');
    await planner.page.keyboard.press('Enter');
    await planner.page.waitForURL(/tim=ha/);
    await planner.page.locator('#kenh a', { hasText: 'Hà Tĩnh' }).first().waitFor();
  });
}

/** The first of this story's plays on the ward's channel that may still be moved. */
async function openSlot({ ward, size, movesOn }, planner) {
  await planner.open(`/lich/${ward.channel}?tuan=${day(movesOn + 1)}`);
  const own = planner.page.locator('.day:not(.over) .slot', { hasText: `Phun hóa chất ${size.width}` });
  const slot = own.nth((await own.count()) - 1);
  await slot.locator('summary').click();
  await Promise.all([planner.page.waitForNavigation(), slot.getByRole('link', { name: 'Xem, dời lượt này' }).click()]);
}
