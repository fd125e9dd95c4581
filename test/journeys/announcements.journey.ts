import { Database } from '../../src/database/database.js';
import { Directive } from '../../src/directives/directive.entity.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Script } from '../../src/scripts/script.entity.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { approvedClip } from '../support/approved-clip.js';
import { at, codeOf, placed, slotOf } from '../support/at-the-desk.js';
import { Visitor } from '../support/browser-form.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { LETTER } from '../support/visitors.js';

const FOREIGN = LETTER.replace(/HÀ TĨNH/g, 'ĐÀ NẴNG').replace(/Hà Tĩnh/g, 'Đà Nẵng');
const WATER = {
  title: 'Tạm ngừng cấp nước ngày 26/11',
  text: 'Từ 8 giờ đến 16 giờ ngày 26/11, nước sinh hoạt tạm ngừng cấp để sửa đường ống.',
  unit: 'phuong-bac-ha',
  channelKinds: ['ward-loudspeaker'],
  units: ['phuong-bac-ha'],
  playsPerDay: 2,
  from: '2026-11-25',
  until: '2026-11-26',
};

interface Shown {
  version: string;
  number: string;
  withdrawnAt: number | null;
  obligations: { id: string; version: string; channelKind: string; addressees: string[]; minPlaysPerDay: number }[];
}

// It is Tuesday 24 November 2026, 08:00 in Hà Tĩnh.
let house: House;
let editor: Client;
beforeEach(async () => {
  house = await openHouse();
  editor = await house.person('editor');
});
afterEach(() => house.close());

const read = () => house.app.get(Database).read();
const shown = async (id: string) => json<Shown>(await editor.get(`/api/directives/${id}`));
const acts = async (action: string) => (await read().findBy(AuditEntry, { action })).length;

describe('an announcement without a letter', () => {
  it('has obligations, a campaign, scripts, and the same report', async () => {
    for (const role of ['official', 'admin', 'approver'] as const)
      expect(await codeOf((await house.person(role)).post('/api/announcements', WATER))).toBe('403 forbidden');
    expect(await codeOf(editor.post('/api/announcements', { ...WATER, unit: 'khong-co' }))).toBe('422 unknown-unit');
    expect(await codeOf(editor.post('/api/announcements', { ...WATER, until: '2026-11-01' }))).toBe('422 bad-period');
    expect(await read().count(Directive)).toBe(0);
    const made = await editor.post('/api/announcements', WATER);
    expect([made.status, json(made)]).toMatchObject([201, { number: 'TB 01/2026' }]);
    const { directiveId, campaignId } = json<{ directiveId: string; campaignId: string }>(made);
    expect(json(await editor.get(`/api/directives/${directiveId}`))).toMatchObject({
      kind: 'announcement',
      issuer: 'Phường Bắc Hà',
      subject: WATER.title,
      obligations: [{ channelKind: 'ward-loudspeaker', addressees: ['Phường Bắc Hà'], minPlaysPerDay: 2 }],
    });
    expect(json(await editor.get(`/api/campaigns/${campaignId}`))).toMatchObject({ from: WATER.from, state: 'open' });
    expect(json(await editor.post('/api/announcements', WATER))).toMatchObject({ number: 'TB 02/2026' });
    const script = { campaignId, channelKind: 'ward-loudspeaker', title: WATER.title, text: WATER.text };
    expect((await editor.post('/api/scripts', script)).status).toBe(201);
    const report = await editor.get(`/bao-cao/${directiveId}`, { accept: 'text/html' });
    expect([report.status, report.text.includes('Phường Bắc Hà')]).toEqual([200, true]);
    const word = await editor.get(`/api/progress/${directiveId}/progress.docx`);
    expect([200, 404]).toContain(word.status);
    expect([await acts('directive.registered'), await acts('campaign.opened')]).toEqual([2, 2]);
  });

  it('on the page: one form makes it with a script for each kind of channel, and a refused form keeps the words', async () => {
    const visitor = new Visitor(editor);
    await visitor.visit('/cong-van/thong-bao');
    const { channelKinds: _kinds, playsPerDay: _plays, ...words } = WATER;
    const kinds = ['ward-loudspeaker', 'website'];
    await visitor.submit('/cong-van/thong-bao', { ...words, channelKinds: kinds, playsPerDay: '0' });
    expect([visitor.page.status, visitor.page.text.includes(WATER.text)]).toEqual([422, true]);
    await visitor.submit('/cong-van/thong-bao', { channelKinds: kinds, playsPerDay: '2', units: ['phuong-bac-ha'] });
    expect([visitor.page.status, visitor.path.startsWith('/bai?dot=')]).toEqual([200, true]);
    const scripts = await read().find(Script, { order: { channelKind: 'ASC' } });
    expect(scripts.map(({ channelKind, title }) => [channelKind, title])).toEqual(
      kinds.map((kind) => [kind, WATER.title]),
    );
    expect(scripts.every(({ unitId }) => unitId !== null)).toBe(true);
  });
});

describe('a letter before it is registered', () => {
  it('is read first, and its head and what it asks are corrected in the same form', async () => {
    const visitor = new Visitor(editor);
    await visitor.visit('/cong-van/moi');
    await visitor.submit('/cong-van/moi', { text: LETTER, viec: 'xem' });
    expect(visitor.page.text).toContain('Loa đọc được');
    expect(await read().count(Directive)).toBe(0);
    const body = {
      text: LETTER,
      viec: 'vao-so',
      number: '99/UBND-VHTT',
      issuedOn: '2026-11-20',
      issuer: 'UBND thành phố Hà Tĩnh',
    };
    const answer = await editor.post('/cong-van/moi', new URLSearchParams({ ...body, giao: '1:ward-loudspeaker' }), {
      accept: 'text/html',
    });
    expect(answer.status).toBe(303);
    const [letter] = await read().find(Directive);
    expect(letter).toMatchObject({ number: '99/UBND-VHTT', issuedOn: '2026-11-20', issuer: 'UBND thành phố Hà Tĩnh' });
    const { obligations } = await shown(letter!.id);
    expect(obligations.map(({ channelKind }) => channelKind)).toEqual(['ward-loudspeaker']);
  });

  it('of another city is asked about, and obliges nobody here unless a person says so', async () => {
    expect(json(await editor.post('/api/directives/preview', { text: LETTER }))).toMatchObject({ elsewhere: false });
    expect(json(await editor.post('/api/directives/preview', { text: FOREIGN }))).toMatchObject({ elsewhere: true });
    expect(await codeOf(editor.post('/api/directives', { text: FOREIGN }))).toBe('409 other-place');
    expect(await read().count(Directive)).toBe(0);
    const visitor = new Visitor(editor);
    await visitor.visit('/cong-van/moi');
    await visitor.submit('/cong-van/moi', { text: FOREIGN });
    expect([visitor.page.status, visitor.page.text.includes('có vẻ là của nơi khác')]).toEqual([409, true]);
    const kept = await editor.post('/api/directives', { text: FOREIGN, place: 'elsewhere' });
    expect([kept.status, json(kept)]).toMatchObject([201, { obligations: [] }]);
    // The next letter of that issuer is asked about again.
    const next = FOREIGN.replace('2024/UBND', '2025/UBND');
    expect(await codeOf(editor.post('/api/directives', { text: next }))).toBe('409 other-place');
    const ours = json<{ obligations: unknown[] }>(await editor.post('/api/directives', { text: next, place: 'here' }));
    expect(ours.obligations.length).toBeGreaterThan(0);
    // An issuer that was taken for ours once is known.
    const third = FOREIGN.replace('2024/UBND', '2026/UBND');
    expect((await editor.post('/api/directives', { text: third })).status).toBe(201);
  });
});

describe('a registered letter', () => {
  const register = async () => json<{ id: string }>(await editor.post('/api/directives', { text: LETTER })).id;

  it('has its head, units and channels corrected, and what was missed added', async () => {
    const id = await register();
    const { version, number } = await shown(id);
    const head = {
      number: '7/UBND',
      issuedOn: '2026-11-19',
      issuer: 'UBND thành phố Hà Tĩnh',
      subject: 'Về phòng cháy',
    };
    expect(await codeOf(editor.send('PUT', `/api/directives/${id}`, { ...head, seen: 'x' }))).toBe(
      '412 directive-changed',
    );
    const bad = { ...head, issuedOn: '2026-02-30', seen: version };
    expect(await codeOf(editor.send('PUT', `/api/directives/${id}`, bad))).toBe('422 bad-head');
    expect(await codeOf(editor.send('PUT', `/api/directives/${id}`, { ...head, seen: version }))).toBe('200');
    expect(await shown(id)).toMatchObject({ number: '7/UBND', subject: 'Về phòng cháy' });
    expect(number).not.toBe('7/UBND');
    // The same text under its printed number is another letter now.
    const again = json<{ id: string }>(await editor.post('/api/directives', { text: LETTER }));
    const { version: other } = await shown(again.id);
    expect(await codeOf(editor.send('PUT', `/api/directives/${again.id}`, { ...head, seen: other }))).toBe(
      '409 directive-exists',
    );

    const [first] = (await shown(id)).obligations;
    const path = `/api/directives/${id}/obligations`;
    const plain = { minPlaysPerDay: 2, maxPlaysPerDay: null, from: null, until: null, reportDue: null };
    const units = { channelKind: 'city-loudspeaker', addressees: ['Phường Bắc Hà', ' Phường  Bắc Hà', ''] };
    const corrected = await editor.send('PUT', `${path}/${first?.id}`, { ...plain, ...units, seen: first?.version });
    expect(json(corrected)).toMatchObject({ channelKind: 'city-loudspeaker', addressees: ['Phường Bắc Hà'] });
    const missed = { ...plain, assignment: 2, channelKind: 'leaflet', addressees: ['Phường Nam Hà'] };
    const added = await editor.post(path, missed);
    expect([added.status, json(added)]).toMatchObject([201, { channelKind: 'leaflet', addressees: ['Phường Nam Hà'] }]);
    const { id: addedId } = json<{ id: string }>(added);
    expect(await codeOf(editor.send('DELETE', `${path}/${addedId}`))).toBe('204');
    expect(await codeOf(editor.send('DELETE', `${path}/${addedId}`))).toBe('404 not-found');
    const campaign = { directiveId: id, name: 'Đợt 1', from: '2026-11-25', until: '2026-11-30' };
    expect((await editor.post('/api/campaigns', campaign)).status).toBe(201);
    expect(await codeOf(editor.send('DELETE', `${path}/${first?.id}`))).toBe('409 obligation-in-use');
    const official = await house.person('official');
    expect(await codeOf(official.post(path, missed))).toBe('403 forbidden');
    const counts = [await acts('directive.changed'), await acts('obligation.added'), await acts('obligation.removed')];
    expect(counts).toEqual([1, 1, 1]);
  });

  it('is withdrawn with a reason: what is planned for it follows, what has aired stays', async () => {
    const clip = await approvedClip(house);
    const aired = await placed(editor, clip, at('05:31'));
    const ahead = await placed(editor, clip, at('05:50'));
    const other = await placed(editor, await approvedClip(house), at('05:55'));
    await house.app.get(Database).write((tx) => house.app.get(Schedule).finish(tx, aired.id, 'played', null));
    const path = `/api/directives/${clip.directiveId}/withdraw`;
    expect(await codeOf((await house.person('official')).post(path, { reason: 'Ban hành nhầm' }))).toBe(
      '403 forbidden',
    );
    expect(await codeOf(editor.post(path, { reason: ' ' }))).toBe('422 reason-needed');
    expect(await codeOf(editor.post(path, { reason: 'Ban hành nhầm' }))).toBe('204');
    const { number, withdrawnAt } = await shown(clip.directiveId);
    expect(withdrawnAt).toBe(house.clock.now());
    const reason = `Văn bản ${number} đã rút: Ban hành nhầm`;
    expect(await slotOf(house, aired.id)).toMatchObject({ state: 'played' });
    expect(await slotOf(house, ahead.id)).toMatchObject({ state: 'cancelled', reason });
    expect(await slotOf(house, other.id)).toMatchObject({ state: 'planned' });
    expect(json(await editor.get(`/api/campaigns/${clip.campaignId}`))).toMatchObject({ state: 'cancelled' });
    expect(await codeOf(editor.post(path, { reason: 'Lần nữa' }))).toBe('409 directive-withdrawn');
    const campaign = { directiveId: clip.directiveId, name: 'Đợt 2', from: '2026-11-25', until: '2026-11-30' };
    expect(await codeOf(editor.post('/api/campaigns', campaign))).toBe('409 directive-withdrawn');
    expect([await acts('directive.withdrawn'), await acts('campaign.cancelled')]).toEqual([1, 1]);
    for (const page of [`/cong-van/${clip.directiveId}`, `/bao-cao/${clip.directiveId}`, '/cong-van'])
      expect((await editor.get(page, { accept: 'text/html' })).status).toBe(200);
  });

  it('is corrected and withdrawn on its page', async () => {
    const id = await register();
    const visitor = new Visitor(editor);
    await visitor.visit(`/cong-van/${id}`);
    await visitor.submit(`/cong-van/${id}`, { number: '' });
    expect([visitor.page.status, visitor.page.text.includes('Xin ghi số, ký hiệu')]).toEqual([422, true]);
    await visitor.submit(`/cong-van/${id}`, { number: '8/UBND' });
    expect(visitor.page.text).toContain('<h1 lang="vi">8/UBND</h1>');
    await visitor.submit(`/cong-van/${id}/nhiem-vu`, {
      channelKind: 'leaflet',
      addressees: 'Phường Nam Hà',
      assignment: '3',
    });
    expect(visitor.page.text).toContain('Tờ tuyên truyền tại nhà');
    const added = (await shown(id)).obligations.find(({ channelKind }) => channelKind === 'leaflet');
    await visitor.submit(`/cong-van/${id}/nhiem-vu/${added?.id}/bo`);
    expect((await shown(id)).obligations.some(({ channelKind }) => channelKind === 'leaflet')).toBe(false);
    await visitor.submit(`/cong-van/${id}/rut`, { reason: 'Ban hành nhầm' });
    expect([visitor.page.text.includes('Đã rút: Ban hành nhầm'), visitor.hasForm(`/cong-van/${id}/rut`)]).toEqual([
      true,
      false,
    ]);
  });
});
