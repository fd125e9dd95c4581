import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { type Place, settingsOf } from './serve-process.js';

/** Names of all files that could be served, each verified to be complete: its name is the hash of its bytes. */
export function wholeFiles({ dir }: Place): string[] {
  const folder = join(dir, 'media', 'clips');
  const found = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return found
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(parentPath, name)))
        .digest('hex');
      expect(name).toBe(`${hash}.mp3`);
      expect(basename(parentPath)).toBe(hash.slice(0, 2));
      return hash;
    });
}

/** The files in one folder of the media folder: 'tmp' has unfinished work, 'uploads' recordings that wait. */
export function lyingIn({ dir }: Place, folder: 'tmp' | 'uploads'): string[] {
  const path = join(dir, 'media', folder);
  return existsSync(path) ? readdirSync(path) : [];
}

/** The rows, read without the server. */
export async function withRows<T>(place: Place, work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database(new Config(settingsOf(place)));
  await database.open();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Moves every wait and lease so much into the past: a server that was off for that long. */
export async function letTimePass(place: Place, ms: number): Promise<void> {
  await withRows(place, (database) =>
    database.write(async (tx) => {
      await tx.query(`UPDATE job SET run_at = run_at - ${ms}, lease_until = lease_until - ${ms}`);
      await tx.query(`UPDATE post SET due_at = due_at - ${ms}, lease_until = lease_until - ${ms}`);
      await tx.query(`UPDATE post_attempt SET started_at = started_at - ${ms}, finished_at = finished_at - ${ms}`);
    }),
  );
}
