const CHIP = '#board .chip[draggable="true"]';

/**
 * Drags the first planned slot of a ward to another place of the day: cancels the move once, then keeps it. Throws when
 * the board, what it announces or the database disagree. The board shows only that ward's row: other stories move slots
 * in other rows meanwhile.
 */
export async function dragOnTheBoard({ page, url, context }, date, ward) {
  const search = encodeURIComponent(ward.name);
  await page.goto(`${url}/lich?ngay=${date}&tim=${search}`);
  await page.locator(CHIP).first().waitFor();
  const events = async () =>
    (await (await context.request.get(`${url}/api/board?date=${date}&search=${search}`)).json()).events;
  const planned = (await events()).filter(({ editable }) => editable);
  if (planned.length === 0) throw new Error('no slot of the day may be moved');

  await drag(page);
  const preview = page.locator('#slot-panel .slot-preview');
  const keep = preview.getByRole('button', { name: 'Lưu thay đổi' });
  await keep.waitFor().catch(async (error) => {
    throw new Error(`no preview to keep; the panel says: ${await page.locator('#slot-panel').innerText()}`, {
      cause: error,
    });
  });
  await announced(page, 'Đang xem trước');
  if (different(planned, await events()).length > 0) throw new Error('a slot has moved before it was kept');
  await preview.getByRole('link', { name: 'Không lưu' }).click();
  await preview.waitFor({ state: 'detached' });
  await announced(page, 'Lượt phát vẫn ở chỗ cũ');
  if (await page.locator('#board .moving').count()) throw new Error('given up, the slot still counts as moving');

  const session = await drag(page);
  await keep.waitFor();
  await Promise.all([page.waitForURL(/\/lich\/luot\/.*xong=da-doi/), keep.click()]);
  const moved = different(planned, await events());
  if (moved.length !== 1) throw new Error(`${moved.length} slots have moved`);
  if (moved[0] < session.from || moved[0] >= session.until) throw new Error('the slot is not in its new session');
}

/** The new starts of the slots that have moved, in milliseconds. */
function different(before, after) {
  const now = new Map(after.map(({ id, extendedProps }) => [id, extendedProps.startsAt]));
  return before.flatMap(({ id, extendedProps: { startsAt } }) => (now.get(id) === startsAt ? [] : [now.get(id)]));
}

async function announced(page, words) {
  const said = page.locator('#board-say', { hasText: words });
  await said.waitFor({ state: 'attached' });
}

/** Drags the first slot that may move to the free place of the last session of its row; answers with its hours. */
async function drag(page) {
  const chip = page.locator(CHIP).first();
  const cell = page.locator('#board td[data-from]').last();
  const [from, until] = [await cell.getAttribute('data-from'), await cell.getAttribute('data-until')];
  await chip.dragTo(cell.locator('.cell-foot'));
  return { from: Number(from), until: Number(until) };
}
