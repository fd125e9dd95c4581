import { Approval } from '../../src/approvals/approval.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { approvedClip, type ApprovedClipOptions } from '../support/approved-clip.js';
import { at, BAC_HA, codeOf, NAM_HA, place, placed } from '../support/at-the-desk.js';
import { type House, openHouse } from '../support/house.js';
import type { Visitor } from '../support/browser-form.js';
import { Visitors, words } from '../support/visitors.js';

/** On the page, without any script: the approver narrows the scope, and everybody sees it afterwards. */
describe('an approver narrows what he approves on the page', () => {
  let house: House;
  let visitors: Visitors;
  let approver: Visitor;
  let editor: Visitor;
  let bacHa: string;
  let namHa: string;

  beforeAll(async () => {
    house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
    visitors = new Visitors(house);
    editor = await visitors.enter('editor');
    approver = await visitors.enter('approver');
    const channels = await house.app.get(Database).read().find(Channel);
    const idOf = (wanted: string) => channels.find(({ code }) => code === wanted)!.id;
    [bacHa, namHa] = [idOf(BAC_HA), idOf(NAM_HA)];
  });
  afterAll(() => house.close());

  const submitted = (options: ApprovedClipOptions = {}) =>
    approvedClip(house, { seconds: 60, ...options, state: 'submitted' });
  const approvalOf = (scriptVersionId: string) =>
    house.app.get(Database).read().findOneByOrFail(Approval, { scriptVersionId });

  it('what he chose is still there when something is wrong; then it holds, and is shown', async () => {
    const clip = await submitted({ title: 'Phun thuốc', bulletinClass: 'priority' });
    const path = `/duyet/${clip.versionId}/duyet-phat`;
    await approver.visit(path);
    expect(approver.page.text).toMatch(/<details class="card narrow-scope">\s*<summary><strong>Thu hẹp phạm vi/);
    const chosen = { unheard: 'yes', channels: [bacHa, namHa], bulletinClass: 'normal' };
    const wrong = await approver.submit(path, { ...chosen, from: '2026-11-26', until: '2026-11-25' });
    expect(wrong.status).toBe(422);
    expect(words(wrong.text)).toContain('Phạm vi duyệt phải nằm trong đợt tuyên truyền');
    expect(wrong.text).toContain('<details class="card narrow-scope" open>');
    expect(wrong.text.match(/name="channels" value="[^"]+" checked/g)).toHaveLength(2);
    expect(wrong.text).toMatch(/name="until"[^>]* value="25\/11\/2026"/);
    expect(wrong.text).toContain('<option value="normal" selected>');
    const noDay = await approver.submit(path, { ...chosen, from: '2026-11-24', until: '2026-02-30' });
    expect([noDay.status, words(noDay.text).includes('Ngày này không có trong lịch.')]).toEqual([422, true]);

    await approver.submit(path, { ...chosen, channels: bacHa, from: '2026-11-24', until: '2026-11-25' });
    expect(approver.path).toBe('/duyet?xong=da-duyet');
    await approver.visit(`/duyet/${clip.versionId}`);
    const said = words(approver.page.text);
    expect(said).toContain('đã duyệt lúc Thứ Ba 24/11, 08:00, chưa nghe hết bản thu');
    expect(said).toContain('Phạm vi đã duyệt đã thu hẹp Ở đâu Truyền thanh phường Bắc Hà Khi nào từ 24/11/2026');
    expect(said).toContain('đến hết 25/11/2026 Cấp độ tin thông thường');
    expect(await approvalOf(clip.versionId)).toMatchObject({
      scope: { channelIds: [bacHa], from: '2026-11-24', until: '2026-11-25', bulletinClass: 'normal' },
    });

    await editor.visit(`/bai/${clip.scriptId}`);
    expect(words(editor.page.text)).toContain(
      'chỉ trong phạm vi: Truyền thanh phường Bắc Hà · từ 24/11/2026 đến hết 25/11/2026 · tin thông thường',
    );
    expect(visitors.faults()).toEqual([]);
  });

  it('what goes out afterwards stays inside it', async () => {
    const clip = await submitted();
    await approver.visit(`/duyet/${clip.versionId}/duyet-phat`);
    await approver.submit(`/duyet/${clip.versionId}/duyet-phat`, {
      unheard: 'yes',
      channels: bacHa,
      until: '2026-11-25',
    });
    const desk = await house.person('editor');
    await placed(desk, clip, at('05:30'));
    expect(await codeOf(place(desk, clip, at('05:30', '2026-11-26')))).toBe('409 outside-approval');
    expect(await codeOf(place(desk, clip, at('05:40'), { channelCode: NAM_HA }))).toBe('409 outside-approval');
  });

  it('the plan that an editor asks for on the page is made inside it', async () => {
    const clip = await submitted({ title: 'Diệt lăng quăng' });
    await approver.visit(`/duyet/${clip.versionId}/duyet-phat`);
    await approver.submit(`/duyet/${clip.versionId}/duyet-phat`, {
      unheard: 'yes',
      channels: bacHa,
      until: '2026-11-26',
    });
    await editor.visit(`/bai/${clip.scriptId}`);
    expect(editor.page.text).toMatch(/id="den" name="den"[^>]* value="26\/11\/2026"/);
    const path = `/bai/${clip.scriptId}/xep-lich`;
    await editor.visit(`${path}?tu=2026-11-25&den=2026-11-26&lan=2&nhiem-vu=`);
    expect(words(editor.page.text)).toContain('Đã duyệt trong phạm vi: Truyền thanh phường Bắc Hà · từ 24/11/2026');
    await editor.submit(path);
    expect(words(editor.page.text)).toContain('4 lượt của bài này đang đứng trong lịch');
    const slots = await house.app.get(Database).read().findBy(Slot, { clipId: clip.clipId });
    expect(slots.map(({ channelId }) => channelId)).toEqual(Array(4).fill(bacHa));
  });

  it('untouched, it takes nothing away and leads back to what waits', async () => {
    const clip = await submitted();
    await approver.visit(`/duyet/${clip.versionId}/duyet-phat`);
    await approver.submit(`/duyet/${clip.versionId}/duyet-phat`, { unheard: 'yes' });
    expect(approver.path).toBe('/duyet?xong=da-duyet');
    expect((await approvalOf(clip.versionId)).scope).toMatchObject({ channelIds: null, until: '2026-12-24' });
    await approver.visit(`/duyet/${clip.versionId}`);
    expect(words(approver.page.text)).toContain('Phạm vi đã duyệt Ở đâu mọi kênh của bài');
  });

  it('never holds for more: not longer, not on another kind of channel, not for a channel that is none', async () => {
    const clip = await submitted();
    const path = `/duyet/${clip.versionId}/duyet-phat`;
    const [page] = await house.app.get(Database).read().findBy(Channel, { kind: 'fanpage' });
    const wishes: Record<string, string>[] = [
      { until: '2027-01-31' },
      { from: '2026-01-01' },
      { bulletinClass: 'emergency' },
      { channels: page!.id },
      { channels: 'không có' },
    ];
    for (const wider of wishes) {
      await approver.visit(path);
      const answer = await approver.submit(path, { unheard: 'yes', ...wider });
      expect([wider, answer.status]).toEqual([wider, 422]);
    }
    await approver.visit(`/duyet/${clip.versionId}/tra-lai`);
    await approver.submit(`/duyet/${clip.versionId}/tra-lai`, { comment: 'Xin ghi rõ giờ' });
    expect(approver.path).toBe('/duyet?xong=da-tra');
    expect(visitors.faults()).toEqual([]);
  });
});
