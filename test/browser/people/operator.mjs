import { day } from '../cast.mjs';
import { lookOver } from '../look-over.mjs';
import { hear } from '../sound.mjs';

/**
 * The morning has passed: the operator confirms what was heard, hears a clip, downloads the day, and sees his ward
 * only.
 */
export async function operatorTicks(town) {
  const { seen, ward, neighbour, cast } = town;
  let operator;

  await town.check('the operator says what was heard and what was not, and why', async () => {
    operator = await town.enter(cast.operator);
    if (operator.path() !== '/hom-nay') throw new Error(`the operator begins at ${operator.path()}`);
    await operator.sees('chờ bạn ghi kết quả', 'Lượt tiếp theo lúc');
    await operator.shoot('hom-nay');
    const open = operator.page.locator('article:has(.ticks)');
    const waiting = await open.count();
    const [heard, silent] = await Promise.all([0, 1].map((n) => open.nth(n).getAttribute('id')));
    const first = operator.page.locator(`#${heard}`);
    await first.getByRole('button', { name: 'Đã phát' }).click();
    await operator.page.locator(`#${heard} .tag`, { hasText: 'Đã phát' }).waitFor();
    const second = operator.page.locator(`#${silent}`);
    await second.locator('summary', { hasText: 'Không phát' }).click();
    await second.locator('[name=reason]').fill('mất điện');
    await second.getByRole('button', { name: 'Ghi là không phát được' }).click();
    await operator.page.locator(`#${silent}`, { hasText: 'mất điện' }).waitFor();
    await operator.open('/hom-nay');
    if ((await open.count()) !== waiting - 2) throw new Error(`${waiting} waited, now ${await open.count()}`);
  });

  await town.check('hears a clip, and takes the playlist and the whole day along', async () => {
    const listen = operator.page.locator('article details.listen').first();
    await hear(listen.locator('audio'), () => listen.locator('summary').click());
    seen.playlist = await operator.page.getByRole('link', { name: 'M3U8' }).first().getAttribute('href');
    const list = await operator.context.request.get(town.house.url + seen.playlist);
    if (list.status() !== 200 || !(await list.text()).startsWith('#EXTM3U')) throw new Error(`M3U8: ${list.status()}`);
    const [zip] = await Promise.all([
      operator.page.waitForEvent('download'),
      operator.page.getByRole('link', { name: 'Tải cả ngày (ZIP)' }).click(),
    ]);
    if (!zip.suggestedFilename().endsWith('.zip')) throw new Error(zip.suggestedFilename());
    await zip.delete();
  });

  await town.check('prints a sheet to sign, without menus and buttons', async () => {
    await operator.page.emulateMedia({ media: 'print' });
    if (!(await operator.page.locator('.sheet').isVisible())) throw new Error('there is no sheet');
    for (const hidden of ['.top', '.no-print'])
      if (await operator.page.locator(hidden).first().isVisible()) throw new Error(`${hidden} is printed`);
    await operator.shoot('phieu-phat');
    await operator.page.emulateMedia({ media: 'screen' });
  });

  await town.check('sees nothing of another ward', async () => {
    for (const path of [`/lich/${neighbour}`, `/hom-nay?kenh=${neighbour}`]) {
      const status = await operator.open(path);
      if (status !== 404) throw new Error(`${path}: ${status}`);
    }
    const stolen = await operator.context.request.get(town.house.url + seen.playlist.replace(ward.channel, neighbour));
    if (stolen.status() !== 404) throw new Error(`the neighbour's playlist: ${stolen.status()}`);
  });

  await lookOver(town, operator, [
    ['/hom-nay', 'hom-nay-2'],
    [`/hom-nay?ngay=${day(2)}`, 'ngay-mai'],
    [`/hom-nay?ngay=${day(60)}`, 'ngay-trong'],
    ['/lich', 'lich-truc'],
    ['/tu-dien', 'tu-dien-truc'],
    ['/tien-do', 'tien-do-truc'],
  ]);
}
