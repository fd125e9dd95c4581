import { Account } from '../../src/people/accounts/account.entity.js';
import { Database } from '../../src/database/database.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { CalendarAddress } from '../../src/schedule/calendar/calendar-address.entity.js';
import { sha256 } from '../../src/shared/ids.js';
import { approvedClip } from '../support/approved-clip.js';
import { Visitor } from '../support/browser-form.js';
import { type Answer, type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NAM_HA = 'truyen-thanh-phuong-nam-ha';
const addressOf = (code: string) => `/api/channels/${code}/calendar-address`;

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh.
describe('a calendar that a phone follows', () => {
  let house: House;
  let operator: Client;

  beforeEach(async () => {
    house = await openHouse();
    operator = await house.person('operator', 'phuong-bac-ha');
  });
  afterEach(() => house.close());

  const read = () => house.app.get(Database).read();
  const made = async (who: Client = operator, code = BAC_HA) => {
    const answer = await who.post(addressOf(code));
    expect(answer.status).toBe(201);
    return json<{ path: string; hint: string }>(answer);
  };
  const follow = (path: string): Promise<Answer> => house.stranger().get(path);
  const gone = async () => (await follow(`/api/calendar.ics?key=loa_cal_${'x'.repeat(43)}`)).text;

  it('shows the channel to whoever has the address, and nothing else of Loa', async () => {
    const editor = await house.person('editor');
    const clip = await approvedClip(house, { title: 'Phòng chống dịch' });
    const { clipId, obligationId } = clip;
    const demands = [{ channelKind: 'ward-loudspeaker', clipId, obligationId, minPlaysPerDay: 3 }];
    const days = { from: '2026-11-25', until: '2026-11-25' };
    expect((await editor.post(`/api/campaigns/${clip.campaignId}/plan`, { demands, ...days })).status).toBe(200);
    const { path, hint } = await made();
    const answer = await follow(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(answer.text).toBe((await operator.get(`/api/channels/${BAC_HA}/calendar.ics`)).text);
    expect(answer.text.match(/SUMMARY:Phòng chống dịch/g)).toHaveLength(3);
    expect(answer.text).not.toContain('Nam Hà');
    // The key opens this one calendar: routes of people stay closed.
    const key = new URL(path, house.url).searchParams.get('key')!;
    const disguises: Record<string, string>[] = [{ authorization: `Bearer ${key}` }, { cookie: `loa=${key}` }];
    for (const headers of disguises) {
      expect((await house.stranger().get(`/api/channels/${BAC_HA}/slots?date=2026-11-25`, headers)).status).toBe(401);
    }
    expect(key.endsWith(hint)).toBe(true);
    expect(json(await operator.get(addressOf(BAC_HA)))).toEqual({ address: { hint, createdAt: house.clock.now() } });
    // The key is not stored: the row has its hash, the audit its last characters.
    const [row] = await read().find(CalendarAddress);
    expect(row).toMatchObject({ tokenHash: sha256(key), tokenHint: hint });
    const audits = await read().findBy(AuditEntry, { action: 'calendar-address.renewed' });
    expect([audits.length, JSON.stringify([row, audits]).includes(key)]).toEqual([1, false]);
  });

  it('a renewed, revoked, malformed and unknown address are answered in the same words', async () => {
    const first = await made();
    const second = await made();
    expect((await follow(second.path)).status).toBe(200);
    const other = await made(await house.person('official'));
    expect((await operator.send('DELETE', addressOf(BAC_HA))).status).toBe(204);
    expect((await operator.send('DELETE', addressOf(BAC_HA))).status).toBe(204);
    const paths = [first.path, second.path, '/api/calendar.ics', '/api/calendar.ics?key=', '/api/calendar.ics?key[]=a'];
    for (const path of [...paths, `/api/calendar.ics?key=${'k'.repeat(500)}`]) {
      const answer = await follow(path);
      expect([path, answer.status, answer.text]).toEqual([path, 404, await gone()]);
    }
    // A key revoked by one person stays valid for another.
    expect((await follow(other.path)).status).toBe(200);
    expect(await read().countBy(AuditEntry, { action: 'calendar-address.revoked' })).toBe(1);
    expect(json(await operator.get(addressOf(BAC_HA)))).toEqual({ address: null });
  });

  it('two renewals at once leave one address', async () => {
    const both = await Promise.all([made(), made()]);
    const open = await Promise.all(both.map(async ({ path }) => (await follow(path)).status));
    expect(open.sort()).toEqual([200, 404]);
    expect(await read().count(CalendarAddress)).toBe(1);
  });

  it("is not made for another ward's channel, and dies with the right to read it", async () => {
    const foreign = await operator.post(addressOf(NAM_HA));
    const missing = await operator.post(addressOf('khong-co'));
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect((await house.stranger().post(addressOf(BAC_HA))).status).toBe(401);
    const { path } = await made();
    await house.app.get(Database).write(async (tx) => {
      const [row] = await tx.find(CalendarAddress);
      await tx.update(Account, { id: row!.accountId }, { active: false });
    });
    expect((await follow(path)).text).toBe(await gone());
  });

  it('is made, seen once, renewed and closed on a page', async () => {
    const visitor = new Visitor(operator);
    const page = `/lich/${BAC_HA}/dia-chi`;
    await visitor.visit(`/lich/${BAC_HA}`);
    expect(visitor.page.text).toContain(`href="${page}"`);
    await visitor.visit(page);
    await visitor.submit(page);
    const shown = () => /value="([^"]*calendar\.ics[^"]*)"/.exec(visitor.page.text)?.[1]?.replaceAll('&#x3D;', '=');
    const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;
    const first = pathOf(shown()!);
    expect((await follow(first)).status).toBe(200);
    await visitor.visit(page);
    expect([shown(), visitor.page.text.includes(first.slice(-4))]).toEqual([undefined, true]);
    await visitor.submit(page);
    const second = pathOf(shown()!);
    expect([(await follow(first)).status, (await follow(second)).status]).toEqual([404, 200]);
    await visitor.visit(page);
    await visitor.submit(`/lich/${BAC_HA}/dia-chi/dong`);
    expect(visitor.page.text).toContain('Đã đóng địa chỉ lịch.');
    expect((await follow(second)).status).toBe(404);
  });
});
