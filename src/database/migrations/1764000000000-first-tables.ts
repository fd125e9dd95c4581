import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, flag, id, instant, integer, optional, real, ref, text } from '../schema/schema-builder.js';

export class FirstTables1764000000000 implements MigrationInterface {
  name = 'FirstTables1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await work(runner);
    await people(runner);
    await channels(runner);
    await directives(runner);
    await scripts(runner);
    await schedule(runner);
    await outlets(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The first tables are not taken away; restore a backup instead.'));
  }
}

async function work(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'job', {
    columns: [
      id(),
      text('name'),
      text('key'),
      text('payload'),
      text('state'),
      integer('priority'),
      integer('attempt'),
      integer('max_attempts'),
      instant('run_at'),
      optional(instant('lease_until')),
      optional(text('stage')),
      integer('percent'),
      optional(text('reason')),
      instant('created_at'),
      optional(instant('finished_at')),
    ],
    unique: [['name', 'key']],
    indices: [['state', 'run_at']],
  });
}

async function people(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'unit', {
    columns: [
      id(),
      text('code'),
      text('kind'),
      text('name'),
      text('short_name'),
      optional(ref('parent_id')),
      text('aliases'),
      text('search'),
      flag('active'),
    ],
    references: { parent_id: 'unit' },
    unique: [['code']],
  });
  await createTable(runner, 'account', {
    columns: [
      id(),
      text('username'),
      text('display_name'),
      text('password_hash'),
      flag('active'),
      instant('created_at'),
    ],
    unique: [['username']],
  });
  await createTable(runner, 'role_grant', {
    columns: [id(), ref('account_id'), text('role'), optional(ref('unit_id'))],
    references: { account_id: 'account', unit_id: 'unit' },
    indices: [['account_id']],
  });
  await createTable(runner, 'session', {
    columns: [
      { name: 'id_hash', type: 'varchar', length: '64', isPrimary: true },
      ref('account_id'),
      text('csrf_secret'),
      instant('created_at'),
      instant('last_seen_at'),
      instant('expires_at'),
      optional(text('address')),
      optional(text('user_agent')),
    ],
    references: { account_id: 'account' },
    indices: [['account_id']],
  });
  await createTable(runner, 'sign_in_throttle', {
    columns: [
      { name: 'key', type: 'varchar', length: '200', isPrimary: true },
      integer('failures'),
      instant('last_at'),
      instant('blocked_until'),
    ],
  });
  await createTable(runner, 'setup_secret', {
    columns: [id(), text('secret_hash'), instant('created_at'), instant('expires_at'), optional(instant('used_at'))],
  });
  await createTable(runner, 'audit', {
    columns: [
      { name: 'seq', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
      instant('at'),
      optional(ref('actor_id')),
      text('actor'),
      text('action'),
      text('entity'),
      text('entity_id'),
      optional(ref('unit_id')),
      optional(text('before')),
      optional(text('after')),
      optional(text('address')),
    ],
    indices: [['entity', 'entity_id']],
  });
}

async function channels(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'channel', {
    columns: [
      id(),
      text('code'),
      text('kind'),
      text('name'),
      ref('unit_id'),
      text('profile'),
      text('zone'),
      text('permitted'),
      flag('active'),
    ],
    references: { unit_id: 'unit' },
    unique: [['code']],
    indices: [['unit_id']],
  });
  await createTable(runner, 'channel_window', {
    columns: [
      id(),
      ref('channel_id'),
      text('name'),
      text('weekdays'),
      text('start'),
      integer('minutes'),
      optional(text('from_date')),
      optional(text('until_date')),
      flag('active'),
    ],
    references: { channel_id: 'channel' },
    unique: [['channel_id', 'name']],
  });
}

async function directives(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'directive', {
    columns: [
      id(),
      text('number'),
      text('issued_on'),
      optional(text('place')),
      text('issuer'),
      optional(text('subject')),
      optional(text('urgency')),
      text('refs'),
      text('assignments'),
      text('recipients'),
      text('addressed_to'),
      text('missing'),
      text('body'),
      text('body_hash'),
      text('search'),
      instant('registered_at'),
      optional(ref('registered_by')),
    ],
    references: { registered_by: 'account' },
    unique: [['issuer', 'number', 'issued_on']],
  });
  await createTable(runner, 'obligation', {
    columns: [
      id(),
      ref('directive_id'),
      integer('assignment'),
      text('channel_kind'),
      text('addressees'),
      optional(integer('min_plays_per_day')),
      optional(integer('max_plays_per_day')),
      optional(text('from_date')),
      optional(text('until_date')),
      optional(text('report_due')),
    ],
    references: { directive_id: 'directive' },
    unique: [['directive_id', 'assignment', 'channel_kind']],
  });
  await createTable(runner, 'campaign', {
    columns: [
      id(),
      ref('directive_id'),
      text('name'),
      text('bulletin_class'),
      text('from_date'),
      text('until_date'),
      text('state'),
      instant('created_at'),
      optional(ref('created_by')),
    ],
    references: { directive_id: 'directive', created_by: 'account' },
    unique: [['directive_id', 'name']],
  });
  await createTable(runner, 'fact', {
    columns: [
      id(),
      ref('campaign_id'),
      text('name'),
      text('value'),
      text('as_of'),
      text('source'),
      instant('recorded_at'),
      optional(ref('recorded_by')),
    ],
    references: { campaign_id: 'campaign', recorded_by: 'account' },
    indices: [['campaign_id', 'name', 'as_of']],
  });
}

async function scripts(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'script', {
    columns: [
      id(),
      ref('campaign_id'),
      optional(text('template_code')),
      text('channel_kind'),
      optional(ref('unit_id')),
      text('title'),
      instant('created_at'),
      optional(ref('created_by')),
    ],
    references: { campaign_id: 'campaign', unit_id: 'unit', created_by: 'account' },
    indices: [['campaign_id']],
  });
  await createTable(runner, 'script_version', {
    columns: [
      id(),
      ref('script_id'),
      integer('n'),
      text('title'),
      text('body'),
      text('variables'),
      text('text_hash'),
      text('state'),
      optional(ref('author_id')),
      instant('created_at'),
      optional(instant('submitted_at')),
    ],
    references: { script_id: 'script', author_id: 'account' },
    unique: [['script_id', 'n']],
    indices: [['state']],
  });
  await createTable(runner, 'clip', {
    columns: [
      id(),
      ref('script_version_id'),
      text('profile'),
      text('spoken'),
      text('spoken_hash'),
      text('inputs_hash'),
      text('state'),
      optional(text('sha256')),
      optional(integer('bytes')),
      optional(integer('duration_ms')),
      optional(real('integrated_lufs')),
      optional(real('true_peak_dbtp')),
      optional(text('engine')),
      optional(text('sentences')),
      optional(text('peaks')),
      optional(text('reason')),
      instant('created_at'),
      optional(instant('ready_at')),
    ],
    references: { script_version_id: 'script_version' },
    unique: [['script_version_id', 'profile', 'inputs_hash']],
    indices: [['sha256']],
  });
  await createTable(runner, 'approval', {
    columns: [
      id(),
      ref('script_version_id'),
      text('content_hash'),
      text('decision'),
      optional(text('comment')),
      ref('decided_by'),
      instant('decided_at'),
      optional(instant('voided_at')),
      optional(text('void_reason')),
    ],
    references: { script_version_id: 'script_version', decided_by: 'account' },
    indices: [['script_version_id']],
  });
}

async function schedule(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'slot', {
    columns: [
      id(),
      text('key'),
      ref('channel_id'),
      optional(ref('window_id')),
      text('date'),
      ref('campaign_id'),
      optional(ref('obligation_id')),
      ref('clip_id'),
      instant('starts_at'),
      instant('ends_at'),
      text('state'),
      optional(text('reason')),
      text('why'),
      instant('created_at'),
      optional(ref('created_by')),
    ],
    references: {
      channel_id: 'channel',
      window_id: 'channel_window',
      campaign_id: 'campaign',
      obligation_id: 'obligation',
      clip_id: 'clip',
      created_by: 'account',
    },
    unique: [['key']],
    indices: [
      ['channel_id', 'starts_at', 'ends_at'],
      ['campaign_id'],
      ['clip_id'],
      ['channel_id', 'date'],
      ['state', 'ends_at'],
    ],
  });
  await refuseOverlaps(runner);
  await createTable(runner, 'playlist', {
    columns: [
      id(),
      ref('channel_id'),
      text('date'),
      integer('version'),
      integer('items'),
      text('etag'),
      text('json'),
      text('m3u8'),
      text('xspf'),
      instant('published_at'),
    ],
    references: { channel_id: 'channel' },
    unique: [['channel_id', 'date']],
  });
}

/**
 * The database itself refuses two items on one channel at one time, whatever the program does: an exclusion constraint
 * on PostgreSQL, two triggers on SQLite, where writers queue. A cancelled or replaced slot occupies no time.
 */
async function refuseOverlaps(runner: QueryRunner): Promise<void> {
  if (runner.connection.options.type === 'postgres') {
    await runner.query('CREATE EXTENSION IF NOT EXISTS btree_gist');
    await runner.query(
      `ALTER TABLE slot ADD CONSTRAINT ex_slot_overlap EXCLUDE USING gist
       (channel_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (state NOT IN ('cancelled', 'replaced'))`,
    );
    await runner.query('ALTER TABLE slot ADD CONSTRAINT ck_slot_length CHECK (ends_at > starts_at)');
    return;
  }
  // No slot lasts longer than a day, so the search is bounded on both sides and uses the index only.
  const meets = `EXISTS (SELECT 1 FROM slot WHERE channel_id = NEW.channel_id AND id <> NEW.id
      AND starts_at > NEW.starts_at - 86400000 AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
      AND state NOT IN ('cancelled', 'replaced'))`;
  const guard = (name: string, when: string) => `CREATE TRIGGER ${name} BEFORE ${when} ON slot
    WHEN NEW.state NOT IN ('cancelled', 'replaced') BEGIN
      SELECT RAISE(ABORT, 'ck_slot_length') WHERE NEW.ends_at <= NEW.starts_at OR NEW.ends_at - NEW.starts_at > 86400000;
      SELECT RAISE(ABORT, 'ex_slot_overlap') WHERE ${meets};
    END`;
  await runner.query(guard('slot_no_overlap_insert', 'INSERT'));
  await runner.query(guard('slot_no_overlap_update', 'UPDATE OF channel_id, starts_at, ends_at, state'));
}

async function outlets(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'station', {
    columns: [
      id(),
      ref('channel_id'),
      text('name'),
      text('token_hash'),
      text('token_hint'),
      flag('simulated'),
      flag('active'),
      instant('created_at'),
      optional(instant('last_seen_at')),
      integer('last_sequence'),
    ],
    references: { channel_id: 'channel' },
    unique: [['token_hash'], ['channel_id', 'name']],
  });
  await createTable(runner, 'post', {
    columns: [
      id(),
      text('key'),
      ref('campaign_id'),
      ref('channel_id'),
      ref('script_version_id'),
      text('message'),
      text('adapter'),
      instant('due_at'),
      text('state'),
      integer('attempt'),
      optional(instant('lease_until')),
      optional(text('external_id')),
      optional(text('permalink')),
      optional(text('reason')),
      instant('created_at'),
      optional(ref('created_by')),
      optional(instant('published_at')),
    ],
    references: {
      campaign_id: 'campaign',
      channel_id: 'channel',
      script_version_id: 'script_version',
      created_by: 'account',
    },
    unique: [['key']],
    indices: [['state', 'due_at']],
  });
  await createTable(runner, 'post_attempt', {
    columns: [
      id(),
      ref('post_id'),
      integer('n'),
      text('kind'),
      instant('started_at'),
      optional(instant('finished_at')),
      optional(text('outcome')),
      optional(text('detail')),
    ],
    references: { post_id: 'post' },
    unique: [['post_id', 'n', 'kind']],
  });
  await createTable(runner, 'as_run', {
    columns: [
      id(),
      optional(ref('station_id')),
      optional(integer('sequence')),
      optional(ref('slot_id')),
      ref('channel_id'),
      optional(text('clip_sha256')),
      instant('started_at'),
      instant('ended_at'),
      text('outcome'),
      optional(text('detail')),
      text('grade'),
      instant('received_at'),
      optional(ref('recorded_by')),
    ],
    references: {
      station_id: 'station',
      slot_id: 'slot',
      channel_id: 'channel',
      recorded_by: 'account',
    },
    unique: [['station_id', 'sequence']],
    indices: [['slot_id'], ['channel_id', 'started_at']],
  });
}
