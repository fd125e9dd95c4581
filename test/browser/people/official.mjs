import { lookOver } from '../look-over.mjs';

/** The progress of each unit, down to the play and its evidence; the files, the printed report. */
export async function officialReports(town) {
  const { seen, cast, ward } = town;
  const id = seen.directive?.split('/').at(-1);
  let official;

  await town.check(
    'the official goes from the table of units down to a play and who said that it was heard',
    async () => {
      official = await town.enter(cast.official);
      if (official.path() !== '/tien-do') throw new Error(`the official begins at ${official.path()}`);
      await official.open(`/tien-do/${id}`);
      await official.page.fill('[data-filter]', ward.name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''));
      const row = official.page.locator('#don-vi > tr:visible', { hasText: ward.name });
      const cell = row
        .locator('td', { has: official.page.locator('a[hx-get]') })
        .filter({ hasText: /\d/ })
        .locator('a')
        .first();
      seen.cell = await cell.getAttribute('href');
      await cell.click();
      await official.page.locator('#chi-tiet .figures').waitFor();
      const evidence = official.page.locator('#chi-tiet td details', { hasText: /C ·|lần báo/ }).first();
      await evidence.locator('summary').click();
      await evidence.locator('li', { hasText: 'Trực đài' }).first().waitFor();
      await official.shoot('tien-do-chi-tiet');
    },
  );

  await town.check('takes Excel, CSV and Word along', async () => {
    const starts = { xlsx: 'PK', docx: 'PK', csv: '\ufeff' };
    for (const [ending, start] of Object.entries(starts)) {
      const file = await official.context.request.get(`${town.house.url}/api/directives/${id}/progress.${ending}`);
      const text = (await file.body()).toString('utf8');
      if (file.status() !== 200 || !text.startsWith(start)) throw new Error(`${ending}: ${file.status()}`);
    }
  });

  await town.check('finds a letter without tone marks, and prints the report without menus and buttons', async () => {
    await official.open('/bao-cao');
    await official.page.fill('[name=tim]', 'diet muoi');
    await official.page.keyboard.press('Enter');
    await official.page.waitForURL(/tim=diet/);
    await official.follow(`${town.number}/UBND-VHTT`);
    await official.page.emulateMedia({ media: 'print' });
    for (const hidden of ['.top', '.no-print'])
      if (await official.page.locator(hidden).first().isVisible()) throw new Error(`${hidden} is printed`);
    await official.shoot('bao-cao-in');
    await official.page.emulateMedia({ media: 'screen' });
  });

  await lookOver(town, official, [
    ['/tien-do', 'tien-do'],
    [`/tien-do/${id}`, 'tien-do-mot'],
    [() => seen.cell, 'tien-do-o'],
    ['/bao-cao', 'bao-cao'],
    [`/bao-cao/${id}`, 'bao-cao-mot'],
    ['/hom-nay', 'chon-kenh'],
    [`/hom-nay?kenh=${ward.channel}`, 'hom-nay-doc'],
  ]);
}
