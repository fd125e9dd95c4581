import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeFiles } from './killed-server.js';
import { isAlive, type Place, ServeProcess, until } from './serve-process.js';
import { moveIn, type Office } from './served-office.js';
import { testDatabase } from './test-database.js';

/** An office at work on a server in another process, whose power can be cut. */
export class KillableOffice {
  private constructor(
    readonly place: Place,
    readonly people: Office,
    /** A new one after every power cut. */
    public server: ServeProcess,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<KillableOffice> {
    const dir = mkdtempSync(join(tmpdir(), 'loa-crash-'));
    const rows = await testDatabase();
    // Another server on the same rows needs the same address.
    const env = {
      LOA_PUBLIC_URL: 'http://loa.example.vn',
      ...settings,
      ...(rows.url ? { LOA_DATABASE_URL: rows.url } : {}),
    };
    const come = await moveIn({ dir, env });
    const server = await ServeProcess.start({ dir, env });
    // Always the same port, so that people stay signed in.
    const place = { dir, env: { ...env, LOA_PORT: new URL(server.url).port } };
    return new KillableOffice(place, await come(server), server, rows.drop);
  }

  async restart(): Promise<void> {
    this.server = await ServeProcess.start(this.place);
  }

  /** Another server on the same rows and files, at a port of its own. */
  second(): Promise<ServeProcess> {
    return ServeProcess.start({ ...this.place, env: { ...this.place.env, LOA_PORT: '0' } });
  }

  /** Cuts the power: no child process of the server continues without it, and no half-made file is visible. */
  async powerCut(): Promise<void> {
    const children = await this.server.kill();
    wholeFiles(this.place);
    await until(() => !children.some(isAlive), 20_000, 'what the server had started goes on without it');
  }

  async close(): Promise<void> {
    await ServeProcess.killAll();
    await this.drop();
    rmSync(this.place.dir, { recursive: true, force: true });
  }
}
