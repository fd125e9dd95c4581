import { z } from 'zod';

/**
 * A backup is a folder: `manifest.json` written last (without it the folder is not a backup),
 * `tables/<name>.ndjson` with one row a line, `clips/<sha256>.mp3`, `keys/`. Rows hold plain values, so a
 * backup of SQLite can be restored into PostgreSQL and the other way round.
 */
export const manifestSchema = z.strictObject({
  format: z.literal('loa-backup-1'),
  writtenAt: z.number(),
  /** The last migration that the tables have seen. */
  schema: z.string(),
  tables: z.record(z.string(), z.strictObject({ rows: z.number(), sha256: z.string() })),
  clips: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Every table, those that others point at first. Passing things (sessions, throttle, setup secrets) are left out. */
export const backupTables = [
  'unit',
  'account',
  'role_grant',
  'second_factor',
  'recovery_code',
  'audit',
  'channel',
  'channel_window',
  'window_override',
  'policy',
  'holiday',
  'directive',
  'obligation',
  'campaign',
  'fact',
  'template_version',
  'script',
  'script_version',
  'clip',
  'approval',
  'slot',
  'playlist',
  'station',
  'post',
  'post_attempt',
  'post_pause',
  'post_image',
  'as_run',
  'job',
] as const;
