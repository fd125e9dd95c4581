import { open, rm } from 'node:fs/promises';
import type { EntityManager } from 'typeorm';

/** As much as a checkpoint or a big transaction needs at once. */
const PROBE_BYTES = 1024 * 1024;

/**
 * Throws unless a megabyte can be written beside the file: a free page inside the file would prove nothing about the
 * disk.
 */
export async function probeDisk(file: string): Promise<void> {
  const probe = `${file}-probe`;
  try {
    const handle = await open(probe, 'w');
    try {
      await handle.write(Buffer.alloc(PROBE_BYTES, 1));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await rm(probe, { force: true });
  }
}

/** Rewrites the first page unchanged: a transaction that changes nothing would be committed on a full disk too. */
export async function probeSqlite(tx: EntityManager): Promise<void> {
  const [row] = await tx.query<{ user_version: number }[]>('PRAGMA user_version');
  await tx.query(`PRAGMA user_version = ${row?.user_version ?? 0}`);
}

/**
 * A table that is dropped at the COMMIT: it allocates new space on the server's disk, which free rows in our tables
 * would not.
 */
export async function probePostgres(tx: EntityManager): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE loa_probe ON COMMIT DROP AS SELECT repeat('x', 1000) AS filler FROM generate_series(1, 500)`,
  );
}
