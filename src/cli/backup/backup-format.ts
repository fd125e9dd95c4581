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

/** Every table, those that others point at first. */
export const backupTables = [
  'unit',
  'account',
  'role_grant',
  'second_factor',
  'recovery_code',
  'known_origin',
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

/** Left out: who is signed in, what was guessed, what only lives as long as a server, and counters that a new house begins anew. */
export const passingTables = ['session', 'setup_secret', 'guess_count', 'speech_revision', 'worker_beat'] as const;
