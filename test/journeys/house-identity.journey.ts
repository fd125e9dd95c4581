import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { houseRow } from '../../src/database/house-row.js';
import { withRows } from '../support/killed-server.js';
import { type Place, runLoa, ServeProcess } from '../support/serve-process.js';
import { onPostgres, testDatabase } from '../support/test-database.js';

const A = 'http://loa-a.example.vn';
const B = 'http://loa-b.example.vn';
const PASSWORD = 'người giữ chìa khóa kho thóc';

describe('servers of one house', () => {
  let root: string;
  const drops: (() => Promise<void>)[] = [];

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'loa-identity-'));
  });
  afterEach(() => ServeProcess.killAll());
  afterAll(async () => {
    for (const drop of drops) await drop();
    rmSync(root, { recursive: true, force: true });
  });

  /** An installation before its first start. */
  async function newHouse(name: string): Promise<Place & { env: Record<string, string> }> {
    const dir = join(root, name);
    if (!onPostgres) return { dir, env: { LOA_DATABASE_URL: `sqlite:${join(dir, 'loa.sqlite')}` } };
    const rows = await testDatabase({ empty: true });
    drops.push(rows.drop);
    return { dir, env: { LOA_DATABASE_URL: rows.url ?? '' } };
  }
  const at = (place: Place, env: Record<string, string>): Place => ({ ...place, env: { ...place.env, ...env } });
  const startedAndStopped = async (place: Place) => (await ServeProcess.start(place)).stop();
  const refusal = async (place: Place) => {
    const { code, err } = await runLoa(place, ['serve']);
    expect(err).not.toContain('    at ');
    return [code, err] as const;
  };

  if (onPostgres) {
    it('start three at once on an empty database, which is filled once', async () => {
      const place = await newHouse('three');
      const servers = await Promise.all([1, 2, 3].map(() => ServeProcess.start(place)));
      for (const { url } of servers) expect((await fetch(`${url}/health`)).status).toBe(200);
      await withRows(place, async (database) => {
        expect(await houseRow(database.read())).toMatchObject({ starts: 3, passiveSince: null });
        const added: { n: string }[] = await database
          .read()
          .query(
            `SELECT entity_id, count(*) AS n FROM audit WHERE action = 'unit.added' GROUP BY 1 HAVING count(*) > 1`,
          );
        expect(added).toEqual([]);
      });
      expect(readdirSync(join(place.dir, 'data', 'keys')).filter((name) => name.endsWith('.half'))).toEqual([]);
    }, 120_000);

    it('that would tell stations another address than one that runs are refused', async () => {
      const place = await newHouse('beside');
      const first = await ServeProcess.start(place);
      const [code, err] = await refusal(at(place, { LOA_HOST: 'localhost' }));
      expect([code, err]).toEqual([2, expect.stringContaining('dùng địa chỉ http://127.0.0.1:0')]);
      const second = await ServeProcess.start(place);
      expect(await runLoa(place, ['address', B])).toMatchObject({
        code: 2,
        err: expect.stringContaining('Còn máy chủ Loa'),
      });
      await Promise.all([first.stop(), second.stop()]);
      // No server runs any more, and no address has been set.
      await startedAndStopped(at(place, { LOA_HOST: 'localhost' }));
    }, 120_000);
  }

  it('with another data folder, which has no keys or others, is refused with what to do; so is a command', async () => {
    const place = await newHouse('keys');
    await startedAndStopped(place);
    const other = { ...place, dir: join(root, 'keys-elsewhere') };
    const keys = (of: Place) => join(of.dir, 'data', 'keys');
    expect(await refusal(other)).toEqual([2, expect.stringContaining('Hãy chép thư mục keys')]);
    rmSync(keys(other), { recursive: true });
    cpSync(keys(place), keys(other), { recursive: true });
    writeFileSync(join(keys(other), 'secrets.key'), 'ab'.repeat(32));
    expect(await refusal(other)).toEqual([2, expect.stringMatching(/secrets\.key không phải khóa của hệ thống này/)]);
    const create = ['admin', 'create', '--username', 'quan.tri', '--name', 'Nguyễn Thị Quản Trị'];
    expect(await runLoa(other, create, `${PASSWORD}\n`)).toMatchObject({ code: 2 });
    const kept = readFileSync(join(keys(place), 'secrets.key'));
    writeFileSync(join(keys(other), 'secrets.key'), kept);
    await startedAndStopped(other);
    const seal = readFileSync(join(keys(other), 'audit.key'));
    rmSync(join(keys(other), 'audit.key'));
    expect(await refusal(other)).toEqual([2, expect.stringContaining('audit.key không phải khóa')]);
    rmSync(join(keys(other), 'audit.key.new'));
    writeFileSync(join(keys(other), 'audit.key'), seal);
    // Lost for good: a command of its own, which the audit records.
    rmSync(join(keys(other), 'secrets.key'));
    expect(await refusal(other)).toEqual([2, expect.stringContaining('loa keys accept')]);
    expect(await runLoa(other, ['keys', 'accept'])).toMatchObject({ code: 0 });
    await startedAndStopped(other);
    expect(await refusal(place)).toEqual([2, expect.stringContaining('không phải khóa')]);
    await withRows(other, async (database) => {
      const told: unknown[] = await database.read().query(`SELECT 1 FROM audit WHERE action = 'house.keys-accepted'`);
      expect(told).toHaveLength(1);
    });
  }, 120_000);

  it('keep the address that was set until it is changed on purpose; one that follows the port gives way', async () => {
    const place = await newHouse('address');
    await startedAndStopped(place);
    await startedAndStopped(at(place, { LOA_HOST: 'localhost' }));
    expect(await runLoa(place, ['address'])).toMatchObject({ code: 0, out: 'http://localhost:0\n' });
    await startedAndStopped(at(place, { LOA_PUBLIC_URL: A }));
    for (const wrong of [place, at(place, { LOA_PUBLIC_URL: B })]) {
      expect(await refusal(wrong)).toEqual([
        2,
        expect.stringMatching(new RegExp(`địa chỉ ${A}, nhưng[^]*loa address`)),
      ]);
    }
    const running = await ServeProcess.start(at(place, { LOA_PUBLIC_URL: `${A}/` }));
    expect((await runLoa(place, ['address', B])).code).toBe(2);
    await running.stop();
    expect((await runLoa(place, ['address', 'javascript:1'])).code).toBe(2);
    expect(await runLoa(place, ['address', `${B}/`])).toMatchObject({ code: 0, err: expect.stringContaining(B) });
    expect(await refusal(at(place, { LOA_PUBLIC_URL: A }))).toEqual([2, expect.stringContaining(B)]);
    await startedAndStopped(at(place, { LOA_PUBLIC_URL: B }));
    expect(await runLoa(place, ['audit', 'verify'])).toMatchObject({ code: 0 });
  }, 120_000);
});
