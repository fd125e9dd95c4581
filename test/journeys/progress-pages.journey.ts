import { Obligation } from '../../src/directives/obligation.entity.js';
import { Database } from '../../src/database/database.js';
import { Channels } from '../../src/channels/channels.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { addDays } from '../../src/shared/local-time.js';
import { approvedClip, type ApprovedClip, someone } from '../support/approved-clip.js';
import { type House, openHouse } from '../support/house.js';
import { Visitors, words } from '../support/visitors.js';

const TODAY = '2026-11-24';

describe('the screen of progress', () => {
  let house: House;
  let clip: ApprovedClip;
  let visitors: Visitors;
  beforeAll(async () => {
    house = await openHouse({ at: { date: TODAY, time: '04:00' } });
    clip = await approvedClip(house, { title: 'Cài đặt Bluezone' });
    const channel = (await house.app.get(Channels).list()).find(({ code }) => code === 'truyen-thanh-phuong-bac-ha');
    const { campaignId, clipId, obligationId } = clip;
    await house.app.get(Schedule).planCampaign(await someone(house, 'editor'), {
      campaignId,
      demands: [{ channelIds: [channel?.id ?? ''], clipId, minPlaysPerDay: 3, maxPlaysPerDay: 3, obligationId }],
      from: TODAY,
      until: addDays(TODAY, 1),
    });
    visitors = new Visitors(house);
  });
  afterAll(() => house.close());

  it('an official comes in here, finds the letter, the ward without tone marks, and the plays behind a cell', async () => {
    const official = await visitors.enter('official');
    const home = await official.visit('/');
    expect(home.text).toContain('href="/tien-do"');
    const list = await official.visit('/tien-do?tim=khong-co-gi');
    expect(words(list.text)).toContain('Không có công văn nào khớp');
    expect((await official.visit('/tien-do')).text).toContain(`/tien-do/${clip.directiveId}`);
    const table = await official.visit(`/tien-do/${clip.directiveId}?tim=bac%20ha`);
    expect(table.text).toContain('Phường Bắc Hà');
    expect(table.text).not.toContain('Phường Nam Hà');
    expect(table.text).toMatch(/<svg class="state-bar"[^>]*role="img"[^>]*>\s*<title/);
    const path = `/tien-do/${clip.directiveId}/${clip.obligationId}/phuong-bac-ha`;
    expect(table.text).toContain(path);
    const cell = await official.visit(path);
    expect(words(cell.text)).toContain('6 lượt');
    expect(words(cell.text)).toContain('Cài đặt Bluezone');
    const played = await official.visit(`${path}?trangthai=played`);
    expect(words(played.text)).toContain('Không có lượt phát nào ở đây.');
    for (const odd of ['?trang=0', '?trang=x', '?trangthai=x'])
      expect((await official.visit(path + odd)).status).toBe(200);
    expect(visitors.faults()).toEqual([]);
  });

  it('a script gets the piece behind a cell without the page around it', async () => {
    const official = await house.person('official');
    const path = `/tien-do/${clip.directiveId}/${clip.obligationId}/phuong-bac-ha`;
    const piece = await official.get(path, { 'hx-request': 'true' });
    expect([piece.status, piece.text.includes('<html'), piece.text.includes('id="chi-tiet"')]).toEqual([
      200,
      false,
      false,
    ]);
  });

  it("an operator sees his ward; another's, and a letter that asks nothing of it, are missing pages", async () => {
    const operator = await visitors.enter('operator', 'phuong-bac-ha');
    const own = await operator.visit(`/tien-do/${clip.directiveId}`);
    expect([own.text.includes('Phường Bắc Hà'), own.text.includes('Nam Hà')]).toEqual([true, false]);
    const other = await operator.visit(`/tien-do/${clip.directiveId}/${clip.obligationId}/phuong-nam-ha`);
    expect(other.status).toBe(404);
    await house.app
      .get(Database)
      .write((tx) => tx.update(Obligation, { id: clip.obligationId }, { addressees: ['Phường Nam Hà'] }));
    const neighbour = await visitors.enter('operator', 'phuong-tan-giang');
    expect((await neighbour.visit(`/tien-do/${clip.directiveId}`)).status).toBe(404);
    expect(words((await neighbour.visit('/tien-do')).text)).toContain('Chưa có công văn nào giao việc');
    expect((await (await visitors.enter('page-admin')).visit('/tien-do')).status).toBe(403);
    expect(visitors.faults()).toEqual([]);
  });
});
