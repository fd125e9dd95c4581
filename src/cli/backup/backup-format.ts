import { z } from 'zod';
import { hashOf } from '../../shared/ids.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const missingClip = z.strictObject({ sha256, problem: z.enum(['missing', 'spoiled']), names: z.array(z.string()) });
const head = z.strictObject({ seq: z.number().int(), hash: sha256, rows: count });
const common = { writtenAt: z.number(), schema: z.string() };

const first = z.strictObject({
  format: z.literal('loa-backup-1'),
  ...common,
  tables: z.record(z.string(), z.strictObject({ rows: count, sha256 })),
  clips: z.array(sha256),
});
const second = z.strictObject({
  format: z.literal('loa-backup-2'),
  ...common,
  tables: z.record(z.string(), z.strictObject({ rows: count, bytes: count, sha256 })),
  /** The end of the audit at that moment. */
  audit: head,
  /**
   * Signature over its `anchorText` by the key of playlists; missing in older backups and where there is no such key
   * yet.
   */
  auditSignature: z.string().optional(),
  clips: z.array(z.strictObject({ sha256, bytes: count })),
  /** Clips that rows name and that could not be saved. */
  lacking: z.array(missingClip),
  keys: z.array(z.strictObject({ name: z.string().regex(/^[\w-][\w.-]*$/), sha256 })),
  /** Hash of everything above. */
  sha256,
});

/** A clip that is missing in the backup or damaged. `names`: what people call it. */
export type MissingClip = z.infer<typeof missingClip>;

/**
 * A backup is a folder: `manifest.json`, `tables/<name>.ndjson` with one row a line in the order of the key,
 * `clips/<sha256>.mp3`, `keys/`. Rows hold plain values, so a backup of SQLite can be restored into PostgreSQL and the
 * other way round. A folder without a manifest is no backup.
 */
export type Manifest = Omit<z.infer<typeof second>, 'sha256' | 'audit' | 'format' | 'clips' | 'tables'> & {
  tables: Record<string, { rows: number; sha256: string; bytes?: number }>;
  clips: { sha256: string; bytes?: number }[];
  /** Null in backups of the first format: there the last audit row is the end. */
  audit: z.infer<typeof head> | null;
  auditSignature?: string;
};

export function manifestText(manifest: Manifest): string {
  const facts = { format: 'loa-backup-2' as const, ...manifest };
  return `${JSON.stringify(second.parse({ ...facts, sha256: hashOf(facts) }), null, 2)}\n`;
}

/** Reads both formats. Throws when the text is no manifest, or was changed after it was written. */
export function readManifestText(text: string): Manifest {
  const read = z.discriminatedUnion('format', [first, second]).parse(JSON.parse(text));
  if (read.format === 'loa-backup-1') {
    const { writtenAt, schema, tables, clips } = read;
    const named = clips.map((one) => ({ sha256: one }));
    return { writtenAt, schema, tables, clips: named, lacking: [], keys: [], audit: null };
  }
  const { sha256: own, ...facts } = read;
  if (hashOf(facts) !== own) throw new Error('the manifest was changed after it was written');
  const { format: _, ...manifest } = facts;
  return manifest;
}

/** Every table; a table comes after those that it refers to. */
export const backupTables = [
  'house',
  'unit',
  'account',
  'role_grant',
  'second_factor',
  'recovery_code',
  'known_origin',
  'waiting_period',
  'audit',
  'channel',
  'channel_window',
  'window_override',
  'policy',
  'holiday',
  'calendar_address',
  'speech_setting',
  'lexicon_entry',
  'directive',
  'obligation',
  'campaign',
  'fact',
  'template_version',
  'script',
  'script_version',
  'reading_decision',
  'clip',
  'clip_hearing',
  'approval',
  'station_call',
  'session_frame',
  'slot',
  'campaign_demand',
  'plan_change',
  'make_good',
  'ward_decision',
  'playlist',
  'station',
  'post',
  'post_attempt',
  'post_pause',
  'post_image',
  'as_run',
  'job',
] as const;

/**
 * Left out: sessions, guessed passwords, rows that live only as long as a server, and counters that a new installation
 * starts again.
 */
export const passingTables = [
  'session',
  'setup_secret',
  'enrolment_code',
  'guess_count',
  'idempotent_request',
  'speech_revision',
  'worker_beat',
] as const;

/** The key column; a page of rows begins after the last key of the page before. */
export function keyOf(table: string): 'seq' | 'id' {
  return table === 'audit' ? 'seq' : 'id';
}
