import { Database } from '../../src/database/database.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { approvedClip } from '../support/approved-clip.js';
import type { Visitor } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

/** The editor plans on the page, without any script. */
describe('the plan of a script on its page', () => {
  let house: House;
  let visitors: Visitors;
  let editor: Visitor;
  beforeEach(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    visitors = new Visitors(house);
    editor = await visitors.enter('editor');
  });
  afterEach(() => house.close());

  const planned = async (clipId: string) =>
    (await house.app.get(Database).read().findBy(Slot, { clipId, state: 'planned' })).length;

  it('tells equal lines once, and plays a second script beside the first unless the editor replaces it', async () => {
    const first = await approvedClip(house, { title: 'Bài một' });
    const second = await approvedClip(house, { title: 'Bài hai', of: first });
    const query = `?tu=2026-11-25&den=2026-11-26&lan=2&nhiem-vu=${first.obligationId}`;
    const pathOf = (scriptId: string) => `/bai/${scriptId}/xep-lich`;
    await editor.visit(pathOf(first.scriptId) + query);
    const before = words(editor.page.text);
    expect(before).toMatch(/15 kênh Truyền thanh .+ 25\/11\/2026 – 26\/11\/2026 05:\d\d, 17:\d\d mỗi ngày/);
    expect(before).not.toContain('Bài khác của cùng nhiệm vụ');
    await editor.submit(pathOf(first.scriptId));
    expect(await planned(first.clipId)).toBe(60);

    await editor.visit(pathOf(second.scriptId) + query);
    const together = words(editor.page.text);
    expect(together).toContain('Cùng phát với 60 lượt của bài “Bài một” của nhiệm vụ này.');
    expect(together).toContain('Xếp 60 lượt vào lịch');
    await editor.submit(pathOf(second.scriptId));
    expect([await planned(first.clipId), await planned(second.clipId)]).toEqual([60, 60]);

    await editor.visit(`${pathOf(second.scriptId)}${query}&bai-khac=thay-the`);
    expect(words(editor.page.text)).toContain('Hủy 60 lượt của bài “Bài một”');
    await editor.submit(pathOf(second.scriptId));
    expect([await planned(first.clipId), await planned(second.clipId)]).toEqual([0, 60]);
  });

  it('opens a campaign in the evening from the first day that still has a session', async () => {
    house.clock.set(instantOf('2026-11-24', '20:30', VIETNAM));
    const clip = await approvedClip(house, { title: 'Buổi tối' });
    await visitors.comeBack(editor);
    await editor.visit(`/cong-van/${clip.directiveId}`);
    expect(editor.page.text).toMatch(/name="from"[^>]*value="(2026-11-25|25\/11\/2026)"/);
  });

  it('names how many channels fall short, and on which day', async () => {
    const clip = await approvedClip(house, { title: 'Bài dài', seconds: 1200 });
    await editor.visit(
      `/bai/${clip.scriptId}/xep-lich?tu=2026-11-30&den=2026-11-30&lan=9&nhiem-vu=${clip.obligationId}`,
    );
    const said = words(editor.page.text);
    expect(said).toContain('15 kênh chưa đủ lượt ngày 30/11');
    expect(said.match(/cần 9 lượt/g)).toHaveLength(1);
  });
});
