import { FakeGraph } from '../fakes/graph.server.js';
import { type Answer, Client, json } from '../support/client.js';
import { approved, PASSWORD } from '../support/served-office.js';
import { until } from '../support/serve-process.js';
import { describeOn, SmallDisk } from '../support/small-disk.js';
import { SmallHouse } from '../support/small-house.js';

const [PAGE, TOKEN] = ['100064', 'EAAGsecretPageToken0123456789'];

const small = SmallDisk.make(24);
describeOn(small)('a database on a full disk', () => {
  let house: SmallHouse;
  let graph: FakeGraph;

  beforeAll(async () => {
    graph = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now: () => Date.now() });
    const env = { LOA_GRAPH_URL: graph.url, LOA_PAGE_ID: PAGE, LOA_PAGE_TOKEN: TOKEN, LOA_RESERVE_MB: '0' };
    house = new SmallHouse(small!, env);
    await house.moveIn();
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await graph.close();
  });

  it('acknowledges nothing that it does not keep, posts nothing that it cannot note, and recovers by itself', async () => {
    const { editor, campaignId } = house.people;
    const text = 'Chủ nhật này, mời bà con ra quân trồng cây.';
    const versionId = await approved(house.people, text);
    const order = {
      campaignId,
      versionId,
      channelCode: 'fanpage-thanh-pho',
      dueAt: Date.now() + 600_000,
      adapter: 'graph',
    };
    const { id } = json<{ id: string }>(await editor.post('/api/posts', order));
    expect((await house.health()).code).toBe(200);

    for (let n = 0; n < 20; n++) expect((await house.write()).status).toBe(201);
    small!.fill(200_000);
    let refused: Answer | undefined;
    for (let n = 0; n < 2000 && !refused; n++) {
      const answer = await house.write();
      if (answer.status !== 201) refused = answer;
    }
    expect(refused).toMatchObject({ status: 507 });
    expect(json(refused!)).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/^Ổ đĩa của máy chủ đã đầy\. .* Việc vừa làm chưa được lưu\.$/),
    });
    expect(await house.health()).toMatchObject({ code: 503, words: { database: 'full' } });
    const soon = json<{ dueAt: number }>(await editor.get(`/api/posts/${id}`)).dueAt;
    expect(soon).toBe(order.dueAt);
    // Reads are served; a write is refused with the same error or stored.
    expect((await editor.get('/api/campaigns')).status).toBe(200);
    for (let n = 0; n < 30; n++) expect([201, 507]).toContain((await house.write()).status);

    // Space is freed, and nobody writes.
    small!.grow(64);
    await until(async () => (await house.health()).code === 200, 30_000, 'health does not recover');
    expect((await house.write()).status).toBe(201);

    // Once more, while people continue to write.
    small!.fill();
    await until(async () => (await house.write()).status === 507, 60_000, 'the disk does not fill', 0);
    small!.empty();
    await until(async () => (await house.write()).status === 201, 30_000, 'writing does not recover');
    await until(async () => (await house.health()).code === 200, 30_000, 'health does not recover');

    await house.server.kill();
    expect(await house.lost()).toEqual([]);
    expect(house.acknowledged.length).toBeGreaterThan(20);
    await house.open();
    expect((await house.people.editor.get('/api/session')).status).toBe(200);
  }, 240_000);

  it('sends a post that is due once, and not before its claim is kept', async () => {
    const { editor, campaignId } = house.people;
    const text = 'Thứ Bảy này, mời bà con tổng vệ sinh đường làng, ngõ phố.';
    const versionId = await approved(house.people, text);
    const order = {
      campaignId,
      versionId,
      channelCode: 'fanpage-thanh-pho',
      dueAt: Date.now() + 8_000,
      adapter: 'graph',
    };
    const { id } = json<{ id: string }>(await editor.post('/api/posts', order));
    small!.fill();
    await until(async () => (await house.write()).status === 507, 60_000, 'the disk does not fill', 0);
    await until(() => Date.now() > order.dueAt + 3_000, 30_000, 'the hour does not come');
    const shown = json<{ state: string }>(await editor.get(`/api/posts/${id}`));
    // There may have been space for the claim, or for nothing; never a post without a claim.
    if (shown.state === 'scheduled') expect(graph.accepted(text)).toEqual([]);
    await house.server.kill();
    small!.empty();
    await house.open();
    await until(() => graph.accepted(text).length > 0, 30_000, 'the post is not sent');
    const state = async () => json<{ state: string }>(await editor.get(`/api/posts/${id}`)).state;
    await until(async () => ['published', 'unknown', 'publishing'].includes(await state()), 15_000, 'nobody notes it');
    expect(graph.accepted(text)).toHaveLength(1);
    expect(await house.lost()).toEqual([]);
  }, 120_000);

  it('keeps a reserve: people are refused first, devices and who signs in last', async () => {
    await house.server.stop();
    // Below 40 MB people are refused, below 10 MB everybody.
    small!.grow(96);
    await house.open({ LOA_RESERVE_MB: '400' });
    expect((await house.write()).status).toBe(201);
    small!.fill(20_000_000);
    await until(async () => (await house.health()).code === 503, 10_000, 'health does not see it');
    expect((await house.health()).words).toMatchObject({ database: 'ok', disk: 'full' });
    expect((await house.write()).status).toBe(507);
    const another = await new Client(house.server.url).signIn('editor.mot', PASSWORD);
    expect((await another.send('DELETE', '/api/session')).status).toBe(204);
    small!.fill(5_000_000);
    await until(async () => (await signInStatus()) === 507, 10_000, 'somebody is let in');
    expect((await house.people.editor.get('/api/campaigns')).status).toBe(200);
    small!.empty();
    await until(async () => (await house.health()).code === 200, 30_000, 'health does not recover');
    expect([(await house.write()).status, await signInStatus()]).toEqual([201, 200]);
  }, 120_000);

  const signInStatus = async () => {
    const form = { username: 'editor.mot', password: PASSWORD };
    return (await new Client(house.server.url).post('/api/session', form)).status;
  };
});

const failing = SmallDisk.makeFailing(64);
describeOn(failing)('a database on a disk that fails', () => {
  it('is read-only with a sentence, keeps what it acknowledged, and goes on when the disk is mended', async () => {
    const house = new SmallHouse(failing!, { LOA_RESERVE_MB: '0' });
    try {
      await house.moveIn();
      for (let n = 0; n < 20; n++) expect((await house.write()).status).toBe(201);
      failing!.fail();
      for (let n = 0; n < 5; n++) {
        const answer = await house.write();
        expect([answer.status, json<{ code: string }>(answer).code]).toEqual([
          503,
          expect.stringMatching(/^database-(disk-error|read-only)$/),
        ]);
      }
      expect((await house.health()).code).toBe(503);
      expect((await house.people.editor.get('/api/campaigns')).status).toBe(200);
      await house.server.kill();
      failing!.mend();
      expect(await house.lost()).toEqual([]);
      await house.open();
      expect((await house.write()).status).toBe(201);
      expect(await house.health()).toMatchObject({ code: 200, words: { database: 'ok' } });
      // Started on a disk without write permission, it reports that and ends.
      await house.server.stop();
      failing!.readOnly(true);
      await expect(house.open()).rejects.toThrow(/chỉ cho đọc|không cho ghi/);
    } finally {
      await house.close();
    }
  }, 120_000);
});
