const SLOT = '.board-canvas .ec-event.slot-planned';
/** Ten minutes on the board, which draws five in 48 px. */
const TEN_MINUTES_PX = 96;
const TEN_MINUTES = 600_000;

/**
 * Drags the first planned slot of a ward ten minutes later: cancels the move once, then keeps it. Throws when the board
 * or the database disagree. The board shows only that ward's row: other stories move slots in other rows meanwhile.
 */
export async function dragOnTheBoard({ page, url, context }, date, ward) {
  const search = encodeURIComponent(ward.name);
  await page.goto(`${url}/lich?ngay=${date}&tim=${search}`);
  const hours = page.locator('[data-from]');
  await hours.first().waitFor();
  await page.locator('.board-canvas .ec-resource, .board-canvas .ec-row-head').first().waitFor();
  for (let n = 0; n < (await hours.count()) && (await page.locator(SLOT).count()) === 0; n++)
    await hours.nth(n).click();
  const slot = page.locator(SLOT).first();
  await slot.waitFor();
  const events = async () =>
    (await (await context.request.get(`${url}/api/board?date=${date}&search=${search}`)).json()).events;
  const planned = (await events()).filter(({ editable }) => editable);
  if (planned.length === 0) throw new Error('no slot of the day may be moved');

  const first = await place(page, slot);
  await drag(page, slot);
  const preview = page.locator('#slot-panel .slot-preview');
  const keep = preview.getByRole('button', { name: 'Lưu thay đổi' });
  await keep.waitFor().catch(async (error) => {
    throw new Error(`no preview to keep; the panel says: ${await page.locator('#slot-panel').innerText()}`, {
      cause: error,
    });
  });
  if (different(planned, await events()).length > 0) throw new Error('a slot has moved before it was kept');
  await preview.getByRole('link', { name: 'Không lưu' }).click();
  await preview.waitFor({ state: 'detached' });
  const back = await place(page, page.locator(SLOT).first());
  if (Math.abs(back - first) > 1) throw new Error(`given up, the slot lies at ${back} instead of ${first}`);

  await drag(page, page.locator(SLOT).first());
  await keep.waitFor();
  await Promise.all([page.waitForURL(/\/lich\/luot\/.*xong=da-doi/), keep.click()]);
  const moved = different(planned, await events());
  if (moved.length !== 1 || moved[0] !== TEN_MINUTES) throw new Error(`the slots have moved by ${moved.join(', ')} ms`);
}

/** How far each moved slot has moved, in milliseconds. */
function different(before, after) {
  const now = new Map(after.map(({ id, extendedProps }) => [id, extendedProps.startsAt]));
  return before.flatMap(({ id, extendedProps: { startsAt } }) =>
    now.get(id) === startsAt ? [] : [now.get(id) - startsAt],
  );
}

/** The distance of the slot from the beginning of its row, however far the board is scrolled. */
async function place(page, slot) {
  const [one, row] = [await slot.boundingBox(), await page.locator('.board-canvas .ec-bg-event').first().boundingBox()];
  return one.x - row.x;
}

/** The position of the slot once the board has scrolled to its hours. */
async function atRest(page, slot) {
  let box = await slot.boundingBox();
  for (let quiet = 0; quiet < 3;) {
    await page.waitForTimeout(150);
    const now = await slot.boundingBox();
    quiet = now && box && now.x === box.x && now.y === box.y ? quiet + 1 : 0;
    box = now;
  }
  return box;
}

async function drag(page, slot) {
  await slot.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await atRest(page, slot);
  const [fromX, fromY] = [x + Math.min(width / 2, 6), y + height / 2];
  await page.mouse.move(fromX, fromY);
  await page.mouse.down();
  await page.mouse.move(fromX + TEN_MINUTES_PX, fromY, { steps: 12 });
  await page.mouse.up();
}
