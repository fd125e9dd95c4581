import { readFileSync } from 'node:fs';
import { RENDER_CLIP } from '../../src/audio/clips/render-clip.job.js';
import { RenderBoard } from '../../src/audio/maintenance/render-board.service.js';
import { JobClaims } from '../../src/jobs/job-claims.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');
const LEASE_MS = 30_000;

describe('the line of clips that are asked for', () => {
  let house: House;
  let editor: Client;
  let directiveId: string;
  beforeAll(async () => {
    house = await openHouse();
    editor = await house.person('editor');
    directiveId = json<{ id: string }>(await editor.post('/api/directives', { text: letter })).id;
  });
  afterAll(() => house.close());

  const campaign = async (bulletinClass: string) => {
    const asked = { directiveId, name: `Đợt ${bulletinClass}`, from: '2026-11-25', until: '2026-12-31', bulletinClass };
    return json<{ id: string }>(await editor.post('/api/campaigns', asked)).id;
  };
  const unit = async (code: string) => {
    const units = json<{ id: string; code: string }[]>(await editor.get('/api/units'));
    return units.find((one) => one.code === code)!.id;
  };
  const ask = async (campaignId: string, unitId: string, title: string): Promise<string> => {
    const body = { campaignId, unitId, channelKind: 'ward-loudspeaker', title, text: `${title}. Mời bà con nghe.` };
    const { versionId } = json<{ versionId: string }>(await editor.post('/api/scripts', body));
    const answer = await editor.post(`/api/versions/${versionId}/clips`);
    expect(answer.status).toBe(202);
    house.clock.advance(1_000);
    return json<{ clipIds: string[] }>(answer).clipIds[0]!;
  };

  it('an emergency first, the priority class next, then every ward in turn, however much one has asked for', async () => {
    const [normal, priority, emergency] = [
      await campaign('normal'),
      await campaign('priority'),
      await campaign('emergency'),
    ];
    const [bacHa, namHa, tanGiang] = [
      await unit('phuong-bac-ha'),
      await unit('phuong-nam-ha'),
      await unit('phuong-tan-giang'),
    ];
    const titles = new Map<string, string>();
    const line = async (campaignId: string, unitId: string, title: string) =>
      titles.set(await ask(campaignId, unitId, title), title);
    for (const n of ['một', 'hai', 'ba', 'bốn']) await line(normal, bacHa, `Bắc Hà bài ${n}`);
    for (const n of ['một', 'hai']) await line(normal, namHa, `Nam Hà bài ${n}`);
    await line(normal, tanGiang, 'Tân Giang bài một');
    await line(priority, namHa, 'Nam Hà ưu tiên');
    await line(emergency, tanGiang, 'Tân Giang khẩn cấp');
    const expected = [
      'Tân Giang khẩn cấp',
      'Nam Hà ưu tiên',
      'Bắc Hà bài một',
      'Nam Hà bài một',
      'Tân Giang bài một',
      'Bắc Hà bài hai',
      'Nam Hà bài hai',
      'Bắc Hà bài ba',
      'Bắc Hà bài bốn',
    ];
    // The order that a person sees, and the order in which the runner takes them.
    const board = await house.app.get(RenderBoard).list();
    expect(board.map(({ title }) => title)).toEqual(expected);
    const claims = house.app.get(JobClaims);
    const taken: string[] = [];
    for (let job; (job = await claims.claim(RENDER_CLIP, LEASE_MS));) taken.push(titles.get(job.key)!);
    expect(taken).toEqual(expected);
    // The process that claimed them is lost: all are rendered by another, once.
    house.clock.advance(LEASE_MS + 1_000);
    await house.drain();
    const states = (await house.app.get(RenderBoard).list()).map(({ state }) => state);
    expect(states.filter((state) => state !== 'done')).toEqual([]);
  });
});
