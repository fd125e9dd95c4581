import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';
import type { MissingClip } from './backup-format.js';

interface Named {
  sha256: string;
  title: string;
  profile: string;
  more: string | number;
}

const SOUND: Record<string, string> = { horn: 'loa nén', fm: 'FM', web: 'trang web' };
const BATCH = 500;

/** Clips that rows name, with their length: the files that a complete installation has on its disk. */
export async function neededClips(tx: EntityManager): Promise<{ sha256: string; bytes: number }[]> {
  const rows: { sha256: string; bytes: string | number | null }[] = await tx.query(
    `SELECT sha256, MAX(bytes) AS bytes FROM (
       SELECT sha256, bytes FROM clip WHERE sha256 IS NOT NULL UNION ALL
       SELECT sha256, bytes FROM station_call WHERE sha256 IS NOT NULL AND dropped_at IS NULL) needed
     GROUP BY sha256 ORDER BY sha256`,
  );
  return rows.map(({ sha256, bytes }) => ({ sha256, bytes: Number(bytes ?? 0) }));
}

/** Adds the names by which people know these clips. */
export async function nameAll(database: Database, clips: readonly MissingClip[]): Promise<void> {
  const names = await clipNames(
    database.read(),
    clips.map(({ sha256 }) => sha256),
  );
  for (const one of clips) one.names = names.get(one.sha256) ?? one.names;
}

/** The title, the version and the channels where they air. */
async function clipNames(tx: EntityManager, sha256s: readonly string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (let from = 0; from < sha256s.length; from += BATCH) {
    // Hexadecimal hashes, checked when they were read: this SQL contains no text typed by a person.
    const list = sha256s
      .slice(from, from + BATCH)
      .filter((one) => /^[0-9a-f]{64}$/.test(one))
      .map((one) => `'${one}'`);
    if (list.length === 0) continue;
    const clips: Named[] = await tx.query(
      `SELECT c.sha256 AS sha256, v.title AS title, c.profile AS profile, v.n AS more FROM clip c
         JOIN script_version v ON v.id = c.script_version_id WHERE c.sha256 IN (${list.join()}) ORDER BY v.title, v.n`,
    );
    const idents: Named[] = await tx.query(
      `SELECT c.sha256 AS sha256, u.short_name AS title, c.profile AS profile, c.date AS more FROM station_call c
         JOIN unit u ON u.id = c.unit_id WHERE c.sha256 IN (${list.join()}) AND c.dropped_at IS NULL ORDER BY c.date`,
    );
    const put = ({ sha256 }: Named, name: string) => names.set(sha256, [...(names.get(sha256) ?? []), name]);
    for (const one of clips) put(one, `“${one.title}”, phiên bản ${one.more}, bản thu cho ${sound(one)}`);
    for (const one of idents) put(one, `nhạc hiệu của ${one.title}, ngày ${one.more}, cho ${sound(one)}`);
  }
  return names;
}

function sound({ profile }: Named): string {
  return SOUND[profile] ?? profile;
}
