import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RENDER_CLIP } from '../../src/audio/clips/render-clip.job.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { describeOn, SmallDisk } from '../support/small-disk.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');
const disk = SmallDisk.make(2);

describeOn(disk)('a media folder on a small disk', () => {
  let house: House;
  let editor: Client;
  let campaignId: string;
  let words = 0;

  beforeAll(async () => {
    house = await openHouse({ env: { LOA_MEDIA_DIR: disk!.folder } });
    editor = await house.person('editor');
    const { id: directiveId } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
    const campaign = { directiveId, name: 'Đợt một', from: '2026-11-25', until: '2026-12-31' };
    campaignId = json<{ id: string }>(await editor.post('/api/campaigns', campaign)).id;
  });
  afterAll(async () => {
    await house.close();
    disk!.close();
  });

  /** A version that takes about a minute to read: several megabytes of sentences. */
  async function long(): Promise<string> {
    const numbers = ['một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám'];
    const text = numbers.map((n) => `Tổ dân phố số ${n} họp ở nhà văn hóa vào tối thứ ${numbers[words % 8]} tuần này.`);
    words++;
    const body = { campaignId, channelKind: 'ward-loudspeaker', title: 'Thông báo', text: text.join(' ') };
    const { versionId } = json<{ versionId: string }>(await editor.post('/api/scripts', body));
    expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    return versionId;
  }
  const clipOf = async (versionId: string) => {
    const clips = json<{ id: string; state: string; reason: string | null; sha256: string | null }[]>(
      await editor.get(`/api/versions/${versionId}/clips`),
    );
    return clips[0]!;
  };
  /** Runs all due jobs; the second attempt of a clip follows a little after the first. */
  const tries = async (count: number) => {
    for (let n = 0; n < count; n++) {
      await house.drain();
      house.clock.advance(60_000);
    }
  };
  const finished = () => {
    const clips = join(disk!.folder, 'clips');
    return existsSync(clips)
      ? readdirSync(clips, { recursive: true }).filter((name) => String(name).endsWith('.mp3'))
      : [];
  };
  const halfMade = () => {
    const tmp = join(disk!.folder, 'tmp');
    return existsSync(tmp) ? readdirSync(tmp) : [];
  };

  it('that is full says so, keeps the order, and makes the clip when there is room', async () => {
    const versionId = await long();
    await tries(1);
    const { id, state } = await clipOf(versionId);
    expect(state).toBe('waiting');
    expect((await house.app.get(Jobs).find(RENDER_CLIP, id))?.reason).toMatch(/đã đầy\. Hãy giải phóng chỗ/);
    expect([finished(), halfMade()]).toEqual([[], []]);
    disk!.grow(64);
    await tries(1);
    expect(await clipOf(versionId)).toMatchObject({ state: 'ready', reason: null });
    expect(finished()).toHaveLength(1);
  });

  it('that is read-only fails the clip with a reason; asked for again when it is not, it is made', async () => {
    disk!.readOnly(true);
    const versionId = await long();
    const before = finished();
    await tries(3);
    expect(await clipOf(versionId)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/^Không ghi được vào thư mục .* Hãy kiểm tra quyền ghi/),
    });
    expect(finished()).toEqual(before);
    disk!.readOnly(false);
    expect((await editor.post(`/api/versions/${versionId}/clips`)).status).toBe(202);
    await tries(1);
    expect(await clipOf(versionId)).toMatchObject({ state: 'ready', reason: null });
    expect(halfMade()).toEqual([]);
  });
});
