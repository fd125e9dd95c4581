import { ADMIN, at, stories } from './cast.mjs';
import { barriers, faults, paleText } from './on-page.mjs';
import { adminWorks } from './people/admin.mjs';
import { approverApproves, approverLooks, approverReturns } from './people/approver.mjs';
import { editorLooks, editorMends, editorTeaches, editorWrites } from './people/editor.mjs';
import { officialReports } from './people/official.mjs';
import { operatorTicks } from './people/operator.mjs';
import { editorSchedulesPost, pageAdminPosts } from './people/page-admin.mjs';
import { plannerPlans } from './people/planner.mjs';
import { plainApproving, plainTicking } from './people/without-scripts.mjs';
import { Town } from './town.mjs';

const firstDay = [
  adminWorks,
  editorWrites,
  approverReturns,
  editorMends,
  editorTeaches,
  approverApproves,
  plannerPlans,
  editorSchedulesPost,
  plainApproving,
  editorLooks,
  approverLooks,
];
const nextMorning = [operatorTicks, plainTicking, pageAdminPosts, officialReports];

/**
 * The whole work in a browser, each person from sign-in to the finished job, on a desktop and on a phone at the same
 * time: two stories with people, letter and ward of their own. Between the two days the clock of the town is moved.
 */
export async function walk(house) {
  const towns = stories.map((story) => new Town(house, story));
  await inTurn(towns, firstDay);
  // Two plays of each story have ended; half an hour later they would count as not heard until the operator confirms
  // them.
  await house.moveTo(at(1, '05:52'));
  await inTurn(towns, nextMorning);
  await theDoor(house, towns);
  await house.check('no browser complained', () => {
    const everyone = towns.flatMap((town) => town.everyone);
    const complaints = everyone.flatMap((person) => person.complaints);
    if (complaints.length > 0) throw new Error([...new Set(complaints)].join('\n'));
  });
}

async function inTurn(towns, parts) {
  await Promise.all(
    towns.map(async (town) => {
      for (const part of parts) await part(town);
    }),
  );
}

async function theDoor({ browser, url, check }, towns) {
  for (const { size } of towns) {
    await check(`${size.width} px: the door is in order, and says what was wrong`, async () => {
      const context = await browser.newContext({ viewport: size, locale: 'vi-VN' });
      const page = await context.newPage();
      await page.goto(`${url}/bao-cao`);
      const found = [...(await faults(page)), ...(await paleText(page)), ...(await barriers(page))];
      if (found.length > 0) throw new Error(found.join('\n'));
      await page.fill('[name=username]', ADMIN.username);
      await page.fill('[name=password]', 'không phải mật khẩu này');
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.locator('.note.bad').waitFor();
      await context.close();
    });
  }
  await check('the keyboard finds the way past the menu', async () => {
    const [town] = towns;
    const official = await town.enter(town.cast.official);
    await official.page.keyboard.press('Tab');
    const first = await official.page.locator(':focus').textContent();
    if (first !== 'Đến nội dung') throw new Error(`the first stop of the keyboard is "${first}"`);
  });
}
