import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeGraph } from '../../fakes/graph.server.js';
import { SilentLine } from '../../fakes/silent-line.server.js';
import { Client } from '../client.js';
import { moveIn, type Office, PASSWORD } from '../served-office.js';
import { entryOfLoa, type Place, ServeProcess, until } from '../serve-process.js';
import { SmallDisk } from '../small-disk.js';
import { onPostgres, testDatabase } from '../test-database.js';

export const [PAGE, TOKEN] = ['100064', 'EAAGsecretPageToken0123456789'];
const DISK_MB = 400;
const SHIFTED = fileURLToPath(new URL('./shifted-date.mjs', import.meta.url));

/**
 * An installation under faults: one server on SQLite, two on PostgreSQL, each with a wall clock that can be set, its
 * rows on a disk that can be filled (SQLite) or behind a connection that can be cut (PostgreSQL), and a Facebook with a
 * ledger.
 */
export class ChaosTown {
  readonly servers: ServeProcess[] = [];
  office!: Office;
  private readonly dir = mkdtempSync(join(tmpdir(), 'loa-chaos-'));
  private drop: () => Promise<void> = async () => undefined;
  private readonly places: Place[] = [];

  private constructor(
    readonly graph: FakeGraph,
    /** Undefined where this machine lets nobody mount one, and on PostgreSQL. */
    readonly disk: SmallDisk | undefined,
    readonly line: SilentLine | undefined,
  ) {}

  static async open(): Promise<ChaosTown> {
    const graph = await FakeGraph.open({ pageId: PAGE, token: TOKEN, now: () => Date.now() });
    const { url, drop } = await testDatabase();
    const line = url ? await SilentLine.to(new URL(url).hostname, Number(new URL(url).port || 5432)) : undefined;
    const town = new ChaosTown(graph, onPostgres ? undefined : SmallDisk.make(DISK_MB), line);
    town.drop = drop;
    await town.start(url);
    return town;
  }

  /** Without the faulty connections and disks, for reading the rows. */
  get rowsPlace(): Place {
    const { env, ...place } = this.places[0]!;
    return { ...place, env: { ...env, LOA_DATABASE_URL: this.databaseUrl ?? '' }, command: undefined };
  }

  private databaseUrl: string | undefined;

  private async start(url: string | undefined): Promise<void> {
    this.databaseUrl = url;
    const throughLine =
      url && this.line ? Object.assign(new URL(url), { port: String(this.line.port) }).href : undefined;
    for (let n = 0; n < (onPostgres ? 2 : 1); n++) {
      const shift = join(this.dir, `shift-${n}`);
      writeFileSync(shift, '0');
      const env: Record<string, string> = {
        LOA_GRAPH_URL: this.graph.url,
        LOA_PAGE_ID: PAGE,
        LOA_PAGE_TOKEN: TOKEN,
        LOA_TEST_SHIFT: shift,
        LOA_PUBLIC_URL: 'http://loa.example',
        LOA_DATA_DIR: join(this.disk?.folder ?? this.dir, 'data'),
        ...(throughLine ? { LOA_DATABASE_URL: throughLine } : {}),
      };
      const command = [process.execPath, '--import', SHIFTED, entryOfLoa, 'serve'];
      // Always the same port, so that a repeated request finds it.
      const place = { dir: this.dir, env: { ...env, LOA_PORT: String(await freePort()) }, command };
      this.places.push(place);
    }
    const come = await moveIn(this.rowsPlace);
    for (const place of this.places) this.servers.push(await ServeProcess.start(place));
    this.office = await come(this.servers[0]!);
  }

  get doors(): string[] {
    return this.places.map(({ env }) => `http://127.0.0.1:${env?.['LOA_PORT'] ?? ''}`);
  }

  admin(): Promise<Client> {
    return new Client(this.doors[0]!).signIn('quan.tri', PASSWORD);
  }

  /** The wall clock of one server, or of all when the machine's is set. */
  shiftClocks(ms: number): void {
    for (const { env } of this.places) writeFileSync(env?.['LOA_TEST_SHIFT'] ?? '', String(ms));
  }

  async kill(n: number): Promise<void> {
    await this.servers[n]!.kill();
  }

  async restart(n: number): Promise<void> {
    this.servers[n] = await ServeProcess.start(this.places[n]!);
  }

  /** Milliseconds until every server reports that it is healthy. Throws after a minute, with their reports. */
  async recovered(): Promise<number> {
    const begun = performance.now();
    const said: string[] = [];
    const isWell = async (door: string, n: number) => {
      const answer = await fetch(`${door}/health`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
      said[n] = answer ? `${answer.status} ${await answer.text()}` : 'no answer';
      return answer?.status === 200;
    };
    const allWell = async () => (await Promise.all(this.doors.map(isWell))).every(Boolean);
    await until(allWell, 60_000, 'a server does not recover', 100).catch((error: Error) => {
      throw new Error(`${error.message}: ${said.join(' | ')}\n${this.servers.map((one) => one.said).join('\n')}`);
    });
    return performance.now() - begun;
  }

  async close(): Promise<void> {
    await ServeProcess.killAll();
    await this.graph.close();
    await this.line?.close();
    await this.drop();
    this.disk?.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const door = createServer();
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const { port } = door.address() as { port: number };
  await new Promise((done) => door.close(done));
  return port;
}
