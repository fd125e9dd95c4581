import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Database } from '../../src/database/database.js';
import { Session } from '../../src/people/accounts/session.entity.js';
import { SetupSecrets } from '../../src/people/sign-in/setup-secrets.service.js';
import { json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';

describe('people', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('is healthy, and says so to anybody', async () => {
    const answer = await house.stranger().get('/health');
    expect(answer.status).toBe(200);
    expect(json<{ status: string }>(answer).status).toBe('ok');
  });

  it('the first administrator is made once, with the secret of the terminal, within 60 minutes', async () => {
    const secret = await house.app.get(SetupSecrets).issue();
    const admin = { username: 'quan.tri', displayName: 'Quản trị', password: PASSWORD };
    const stranger = house.stranger();
    expect((await stranger.post('/api/setup', { ...admin, secret: 'sai' })).status).toBe(403);
    house.clock.advance(61 * 60_000);
    expect((await stranger.post('/api/setup', { ...admin, secret })).status).toBe(403);
    const second = await house.app.get(SetupSecrets).issue();
    expect((await stranger.post('/api/setup', { ...admin, password: 'ngắn', secret: second })).status).toBe(422);
    const named = await stranger.post('/api/setup', { ...admin, password: 'quan.tri-2026', secret: second });
    expect([named.status, json<{ details: object }>(named).details]).toEqual([422, { reason: 'names' }]);
    expect((await stranger.post('/api/setup', { ...admin, secret: second })).status).toBe(201);
    expect((await stranger.post('/api/setup', { ...admin, username: 'nua', secret: second })).status).toBe(403);
    expect(await house.app.get(SetupSecrets).issue()).toBeNull();
    const signedIn = await house.stranger().signIn('Quan.Tri', PASSWORD);
    expect((await signedIn.get('/api/accounts')).status).toBe(200);
  });

  it('a route without an access rule does not exist for anybody, and the others ask who you are', async () => {
    const answers = await Promise.all(
      ['/api/accounts', '/api/units', '/api/channels', '/api/directives', '/api/approvals', '/api/scripts'].map(
        (path) => house.stranger().get(path),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 401));
  });

  it('roles are kept: an operator makes no accounts and reads only his ward', async () => {
    const operator = await house.person('operator', 'phuong-bac-ha');
    expect((await operator.get('/api/accounts')).status).toBe(403);
    const channels = json<{ code: string }[]>(await operator.get('/api/channels'));
    expect(channels.length).toBeGreaterThan(0);
    expect(channels.every((channel) => channel.code.endsWith('bac-ha'))).toBe(true);
    const foreign = await operator.get('/api/channels/truyen-thanh-phuong-nam-ha');
    const missing = await operator.get('/api/channels/khong-co');
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
  });

  it('an unsafe request needs the token of its own session and an origin that is ours', async () => {
    const editor = await house.person('editor');
    const token = editor.csrfToken;
    const facts = { text: 'x' };
    editor.csrfToken = undefined;
    expect((await editor.post('/api/reading', facts)).status).toBe(403);
    editor.csrfToken = (await house.person('editor')).csrfToken;
    expect((await editor.post('/api/reading', facts)).status).toBe(403);
    editor.csrfToken = token;
    expect((await editor.post('/api/reading', facts, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await editor.post('/api/reading', facts)).status).toBe(200);
  });

  it('an extra field, a wrong type or a foreign status changes nothing', async () => {
    const admin = await house.person('admin');
    const before = json<unknown[]>(await admin.get('/api/accounts')).length;
    const good = { username: 'moi', displayName: 'Mới', password: PASSWORD, grants: [{ role: 'editor' }] };
    const bad = [
      { ...good, status: 'active' },
      { ...good, wardId: 'x' },
      { ...good, username: 7 },
      { ...good, grants: [{ role: 'king' }] },
      { ...good, grants: 'admin' },
      [],
      'text',
      null,
    ];
    const answers = await Promise.all(bad.map((body) => admin.post('/api/accounts', body)));
    expect(answers.map((answer) => answer.status)).toEqual(bad.map(() => 400));
    expect(json<unknown[]>(await admin.get('/api/accounts')).length).toBe(before);
    expect((await admin.post('/api/accounts', { ...good, grants: [{ role: 'operator' }] })).status).toBe(422);
    const named = { ...good, displayName: 'Lê Thị Mới', password: 'LeThiMoi@2026' };
    expect((await admin.post('/api/accounts', named)).status).toBe(422);
    const made = await admin.post('/api/accounts', good);
    expect(made.status).toBe(201);
    const path = `/api/accounts/${json<{ id: string }>(made).id}/password`;
    const weak = await admin.send('PUT', path, { password: 'Phường Nam Hà 2026' });
    expect([weak.status, json<{ code: string }>(weak).code]).toEqual([422, 'weak-password']);
    // The other refusals remain: a missing account, a name in use.
    expect((await admin.send('PUT', '/api/accounts/khong-co/password', { password: PASSWORD })).status).toBe(404);
    expect((await admin.post('/api/accounts', good)).status).toBe(409);
  });

  it('wrong passwords slow down, an unknown account answers like a wrong password', async () => {
    await house.person('editor');
    const stranger = house.stranger();
    const unknown = await stranger.post('/api/session', { username: 'khong.ai', password: 'x' });
    const wrong = await stranger.post('/api/session', { username: 'quan.tri', password: 'x' });
    expect([unknown.status, unknown.text]).toEqual([401, wrong.text]);
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++)
      statuses.push((await stranger.post('/api/session', { username: 'quan.tri', password: 'x' })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await stranger.post('/api/session', { username: 'quan.tri', password: PASSWORD })).status).toBe(429);
    house.clock.advance(16 * 60_000);
    expect((await stranger.post('/api/session', { username: 'quan.tri', password: PASSWORD })).status).toBe(200);
  });

  it('a session ends when idle, when old, when signed out and when its account is disabled', async () => {
    const admin = await house.person('admin');
    const idle = await house.person('editor');
    house.clock.advance(31 * 60_000);
    expect((await idle.get('/api/session')).status).toBe(401);
    expect((await admin.get('/api/session')).status).toBe(401);

    const boss = await house.person('admin');
    const editor = await house.person('editor');
    const me = json<{ id: string }>(await editor.get('/api/session'));
    expect((await boss.send('DELETE', `/api/accounts/${me.id}`)).status).toBe(204);
    expect((await editor.get('/api/session')).status).toBe(401);

    const other = await house.person('editor');
    expect((await other.send('DELETE', '/api/session')).status).toBe(204);
    expect((await other.get('/api/session')).status).toBe(401);
  });

  it('the database holds no session id, and every change has its audit row', async () => {
    const em = house.app.get(Database).read();
    const sessions = await em.find(Session);
    expect(sessions.every((session) => /^[0-9a-f]{64}$/.test(session.idHash))).toBe(true);
    const actions = (await em.find(AuditEntry)).map((entry) => entry.action);
    const done = ['unit.added', 'channel.added', 'account.created', 'session.started', 'account.disabled'];
    expect(actions).toEqual(expect.arrayContaining(done));
  });

  it('seeding again adds nothing', async () => {
    const { SeedFiles } = await import('../../src/channels/seed-files.js');
    const added = await house.app.get(SeedFiles).load();
    expect(Object.values(added).filter((count) => count !== 0)).toEqual([]);
  });

  it('documents its API', async () => {
    const answer = await house.stranger().get('/api/docs-json');
    const { paths } = json<{ paths: Record<string, unknown> }>(answer);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/session', '/api/directives', '/health']));
  });
});
