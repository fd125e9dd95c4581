import { ChannelWindow } from '../../src/channels/entities/channel-window.entity.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { CampaignDemand } from '../../src/schedule/demands/campaign-demand.entity.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { newId } from '../../src/shared/ids.js';
import type { Role } from '../../src/people/access/role.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { at, BAC_HA, placed } from '../support/at-the-desk.js';
import type { Visitor } from '../support/browser-form.js';
import { type House, openHouse } from '../support/house.js';
import { countStatements } from '../support/statements.js';
import { Visitors } from '../support/visitors.js';

const DATE = '2026-11-25';
const MORE_CHANNELS = 20;
const MORE_LETTERS = 4;
const MORE_WAITING = 3;
const MORE_VERSIONS = 5;

/** The number of statements of a screen depends on the screen, not on the number of its rows. */
describe('the number of statements behind a screen', () => {
  let house: House;
  let first: ApprovedClip;
  let waiting: ApprovedClip;
  let slotId: string;
  const visitors = new Map<Role, Visitor>();

  beforeAll(async () => {
    house = await openHouse();
    const door = new Visitors(house);
    for (const role of ['editor', 'approver', 'page-admin', 'official', 'admin'] as const)
      visitors.set(role, await door.enter(role));
    visitors.set('operator', await door.enter('operator', 'phuong-bac-ha'));
    first = await approvedClip(house, { title: 'Bài thứ nhất', seconds: 60 });
    const desk = await house.person('editor');
    slotId = (await placed(desk, first, at('05:30'))).id;
    const second = await approvedClip(house, { title: 'Bài thứ hai', seconds: 60 });
    await placed(desk, second, at('05:34'));
    waiting = await approvedClip(house, { title: 'Bài chờ duyệt', seconds: 60, of: first, state: 'submitted' });
    await remember(first);
  });
  afterAll(() => house.close());

  it('is the same for a few rows and for many', async () => {
    const few = await statements();
    await grow();
    expect(await statements()).toEqual(few);
  });

  async function statements(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [role, path] of screens()) {
      const visitor = visitors.get(role);
      let status = 0;
      // Cached values are queried once, by the very first visit.
      await visitor?.visit(path);
      // The minimum of three: background jobs run statements of their own now and then.
      const asked: number[] = [];
      for (let visit = 0; visit < 3; visit++) {
        asked.push(await countStatements(house, async () => (status = (await visitor?.visit(path))?.status ?? 0)));
        expect([path, status]).toEqual([path, 200]);
      }
      counts[`${role} ${path}`] = Math.min(...asked);
    }
    return counts;
  }

  function screens(): [Role, string][] {
    const { directiveId, obligationId, scriptId } = first;
    return [
      ['editor', '/ban-bien-tap'],
      ['editor', '/cong-van'],
      ['editor', `/cong-van/${directiveId}`],
      ['editor', '/bai'],
      ['editor', `/bai/${scriptId}`],
      ['editor', `/lich?ngay=${DATE}`],
      ['editor', `/lich?ngay=${DATE}&trang=1&tim=bac+ha`],
      ['editor', `/lich/${BAC_HA}?tuan=${DATE}`],
      ['editor', `/lich/${BAC_HA}/thang?thang=${DATE}`],
      ['editor', `/lich/luot/${slotId}`],
      ['editor', `/api/board?date=${DATE}`],
      ['editor', `/api/board?date=${DATE}&page=1`],
      ['editor', '/api/scripts'],
      ['approver', '/api/approvals'],
      ['approver', `/duyet/${waiting.versionId}`],
      ['approver', '/duyet'],
      ['operator', `/hom-nay?kenh=${BAC_HA}&ngay=${DATE}`],
      ['official', '/hom-nay'],
      ['page-admin', '/bai-dang'],
      ['official', '/tien-do'],
      ['official', `/tien-do/${directiveId}`],
      ['official', `/tien-do/${directiveId}/${obligationId}/phuong-bac-ha`],
      ['official', '/bao-cao'],
      ['official', `/bao-cao/${directiveId}`],
      ['admin', '/don-vi'],
      ['admin', '/don-vi/phuong-bac-ha'],
      ['admin', '/mau-bai'],
      ['admin', '/nguoi-dung'],
      ['admin', '/nhat-ky'],
      ['admin', '/tram'],
      ['admin', '/khung-gio'],
      ['admin', `/khung-gio/${BAC_HA}`],
      ['admin', '/khung-gio/luat/quy-dinh'],
      ['admin', '/tu-dien'],
      ['admin', '/giong-doc'],
      ['admin', '/cai-dat'],
    ];
  }

  /** A plan that is computed again whenever its inputs change, and whose shortfalls the board shows. */
  async function remember({ campaignId, clipId, obligationId }: ApprovedClip): Promise<void> {
    const now = house.clock.now();
    const request = { channelKind: 'ward-loudspeaker' as const, clipId, minPlaysPerDay: 3, obligationId };
    const asked = { request, fillToMax: false, askedAt: now, since: now, askedBy: null };
    const row = { id: newId(now), campaignId, key: clipId, from: DATE, until: DATE, ...asked };
    await house.app.get(Database).write((tx) => tx.insert(CampaignDemand, row));
  }

  /** More wards with channels, more slots on every channel, more letters with scripts, clips, approvals and plans. */
  async function grow(): Promise<void> {
    for (let n = 0; n < MORE_LETTERS; n++)
      await remember(await approvedClip(house, { title: `Bài thêm ${n}`, seconds: 60 }));
    for (let n = 0; n < MORE_WAITING; n++) {
      await approvedClip(house, { title: `Bài chờ thêm ${n}`, seconds: 60, of: first, state: 'submitted' });
    }
    await rewrite(waiting.scriptId);
    const database = house.app.get(Database);
    const like = await database.read().findOneByOrFail(Channel, { code: BAC_HA });
    const unit = await database.read().findOneByOrFail(Unit, { id: like.unitId });
    const windows = await database.read().findBy(ChannelWindow, { channelId: like.id });
    const slot = await database.read().findOneByOrFail(Slot, { id: slotId });
    const now = house.clock.now();
    await database.write(async (tx) => {
      for (let n = 0; n <= MORE_CHANNELS; n++) {
        const unitId = newId(now);
        const channelId = n === 0 ? like.id : newId(now);
        if (n > 0) {
          await tx.insert(Unit, {
            ...unit,
            id: unitId,
            code: `xa-thu-${n}`,
            name: `Xã Thử ${n}`,
            search: `xa thu ${n}`,
          });
          await tx.insert(Channel, { ...like, id: channelId, unitId, code: `truyen-thanh-xa-thu-${n}` });
          for (const window of windows) await tx.insert(ChannelWindow, { ...window, id: newId(now), channelId });
        }
        for (const time of ['05:40', '05:44', '17:10', '17:20', '17:30']) {
          const startsAt = at(time);
          const place = { channelId, windowId: null, startsAt, endsAt: startsAt + 60_000 };
          await tx.insert(Slot, { ...slot, ...place, id: newId(now), key: `thu-${n}-${time}` });
        }
      }
    });
  }

  /** Older versions of a script, which remain when it is edited. */
  async function rewrite(scriptId: string): Promise<void> {
    const database = house.app.get(Database);
    const { variables, ...like } = await database.read().findOneByOrFail(ScriptVersion, { scriptId });
    await database.write(async (tx) => {
      for (let n = 1; n <= MORE_VERSIONS; n++) {
        await tx.insert(ScriptVersion, {
          ...like,
          variables: variables as object,
          id: newId(house.clock.now()),
          n: like.n - n,
          state: 'superseded',
        });
      }
    });
  }
});
