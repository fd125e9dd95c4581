import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, json } from './client.js';
import { withRows } from './killed-server.js';
import { moveIn, type Office } from './served-office.js';
import { ServeProcess } from './serve-process.js';
import type { SmallDisk } from './small-disk.js';

interface Health {
  status: string;
  details: Record<string, { status: string; word: string }>;
}

/** A server whose database is on a small disk, and its users. */
export class SmallHouse {
  readonly acknowledged: string[] = [];
  server!: ServeProcess;
  people!: Office;
  private readonly dir = mkdtempSync(join(tmpdir(), 'loa-small-'));
  private port = '0';

  constructor(
    readonly disk: SmallDisk,
    private readonly env: Record<string, string>,
  ) {}

  /** The keys are there too; where the rows are on PostgreSQL, on a disk of their own. */
  private get dataDir(): string {
    return join(this.env['LOA_DATABASE_URL'] ? this.dir : this.disk.folder, 'data');
  }

  get place() {
    return { dir: this.dir, env: { ...this.env, LOA_DATA_DIR: this.dataDir, LOA_PORT: this.port } };
  }

  async open(env: Record<string, string> = {}): Promise<void> {
    Object.assign(this.env, env);
    this.server = await ServeProcess.start(this.place);
    this.port = new URL(this.server.url).port;
  }

  /** The first start, and the people at work. */
  async moveIn(): Promise<void> {
    const come = await moveIn(this.place);
    await this.open();
    this.people = await come(this.server);
  }

  async health(): Promise<{ code: number; words: Record<string, string> }> {
    const answer = await fetch(`${this.server.url}/health`);
    const { details } = (await answer.json()) as Health;
    return {
      code: answer.status,
      words: Object.fromEntries(Object.entries(details).map(([part, { word }]) => [part, word])),
    };
  }

  async write(): Promise<Answer> {
    const { editor, campaignId } = this.people;
    const text = `Tổ dân phố họp lúc 19h30 tại nhà văn hóa. ${'Mời bà con đến dự đông đủ. '.repeat(20)}`;
    const body = { campaignId, channelKind: 'ward-loudspeaker', title: 'Họp tổ', text };
    const answer = await editor.post('/api/scripts', body);
    if (answer.status === 201) this.acknowledged.push(json<{ versionId: string }>(answer).versionId);
    return answer;
  }

  /** Acknowledged writes that are not in the rows. */
  async lost(): Promise<string[]> {
    return withRows(this.place, async (database) => {
      if (!database.isPostgres) {
        expect(await database.read().query('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      }
      const rows = await database.read().query<{ id: string }[]>('SELECT id FROM script_version');
      const kept = new Set(rows.map(({ id }) => id));
      return this.acknowledged.filter((id) => !kept.has(id));
    });
  }

  async stop(): Promise<void> {
    await ServeProcess.killAll();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.stop();
    this.disk.close();
  }
}
