import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { createTable, flag, id, instant, integer, optional, ref, text } from '../schema/schema-builder.js';

/**
 * Relays, live items, openings and closings; start rules, versions, make-goods; what a plan requested; what the ward
 * decides.
 */
export class SlotsOfEveryKind1764100004000 implements MigrationInterface {
  name = 'SlotsOfEveryKind1764100004000';

  async up(runner: QueryRunner): Promise<void> {
    await slot(runner);
    await runner.addColumn('campaign', new TableColumn({ ...flag('auto_make_good'), default: 'false' }));
    await planning(runner);
    await decisions(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Slots without a clip would be lost; restore a backup instead.'));
  }
}

async function slot(runner: QueryRunner): Promise<void> {
  const sqlite = runner.connection.options.type !== 'postgres';
  // SQLite rebuilds the table to make a column nullable, and dropping the old table drops its triggers.
  if (sqlite) for (const name of Object.keys(triggers)) await runner.query(`DROP TRIGGER IF EXISTS ${name}`);
  const table = await runner.getTable('slot');
  const changes = ['clip_id', 'campaign_id'].map((name) => {
    const oldColumn = table?.findColumnByName(name);
    if (!oldColumn) throw new Error(`slot.${name} is not there`);
    const newColumn = oldColumn.clone();
    newColumn.isNullable = true;
    return { oldColumn, newColumn };
  });
  await runner.changeColumns('slot', changes);
  await runner.addColumns(
    'slot',
    [
      { ...text('kind'), default: "'clip'" },
      { ...text('role'), default: "'item'" },
      optional(text('title')),
      optional(text('stream_url')),
      optional(ref('script_version_id')),
      { ...text('start_rule'), default: "'wait'" },
      { ...integer('wait_seconds'), default: 60 },
      { ...integer('version'), default: 1 },
      { ...flag('held'), default: 'false' },
      optional(ref('make_good_for')),
      optional(ref('replaced_by')),
      optional(text('authorised_by')),
    ].map((column) => new TableColumn(column)),
  );
  if (sqlite) for (const when of Object.values(triggers)) await runner.query(when);
}

// As the first migration created them; repeated here, since no migration may import code of another.
const guard = (name: string, when: string) => `CREATE TRIGGER ${name} BEFORE ${when} ON slot
    WHEN NEW.state NOT IN ('cancelled', 'replaced') BEGIN
      SELECT RAISE(ABORT, 'ck_slot_length') WHERE NEW.ends_at <= NEW.starts_at OR NEW.ends_at - NEW.starts_at > 86400000;
      SELECT RAISE(ABORT, 'ex_slot_overlap') WHERE EXISTS (SELECT 1 FROM slot WHERE channel_id = NEW.channel_id AND id <> NEW.id
      AND starts_at > NEW.starts_at - 86400000 AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at
      AND state NOT IN ('cancelled', 'replaced'));
    END`;
const triggers = {
  slot_no_overlap_insert: guard('slot_no_overlap_insert', 'INSERT'),
  slot_no_overlap_update: guard('slot_no_overlap_update', 'UPDATE OF channel_id, starts_at, ends_at, state'),
};

async function planning(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'campaign_demand', {
    columns: [
      id(),
      ref('campaign_id'),
      text('key'),
      text('request'),
      text('from_date'),
      text('until_date'),
      flag('fill_to_max'),
      instant('asked_at'),
      optional(ref('asked_by')),
    ],
    references: { campaign_id: 'campaign', asked_by: 'account' },
    unique: [['campaign_id', 'key']],
  });
  await createTable(runner, 'plan_change', {
    columns: [
      id(),
      instant('at'),
      text('cause'),
      text('sentence'),
      optional(ref('campaign_id')),
      integer('added'),
      integer('removed'),
      integer('moved'),
      integer('shortfalls'),
      text('difference'),
      optional(instant('seen_at')),
      optional(text('seen_by')),
    ],
    references: { campaign_id: 'campaign' },
    indices: [['at'], ['campaign_id']],
  });
  await createTable(runner, 'session_frame', {
    columns: [
      id(),
      optional(ref('unit_id')),
      optional(ref('window_id')),
      optional(ref('opening_clip_id')),
      optional(ref('closing_clip_id')),
      instant('updated_at'),
    ],
    references: {
      unit_id: 'unit',
      window_id: 'channel_window',
      opening_clip_id: 'clip',
      closing_clip_id: 'clip',
    },
    unique: [['unit_id'], ['window_id']],
  });
}

async function decisions(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'make_good', {
    columns: [
      id(),
      ref('slot_id'),
      ref('channel_id'),
      text('state'),
      optional(ref('window_id')),
      optional(text('date')),
      optional(instant('starts_at')),
      optional(instant('ends_at')),
      optional(ref('make_good_slot_id')),
      optional(text('reason')),
      instant('created_at'),
      optional(instant('decided_at')),
      optional(text('decided_by')),
    ],
    references: { slot_id: 'slot', channel_id: 'channel', make_good_slot_id: 'slot' },
    unique: [['slot_id']],
    indices: [['state', 'created_at']],
  });
  await createTable(runner, 'ward_decision', {
    columns: [
      id(),
      ref('channel_id'),
      text('state'),
      text('placement'),
      text('title'),
      text('meets'),
      instant('starts_at'),
      instant('deadline'),
      text('standing'),
      optional(text('outcome')),
      optional(text('reason')),
      optional(ref('slot_id')),
      instant('created_at'),
      optional(text('asked_by')),
      optional(instant('decided_at')),
      optional(text('decided_by')),
    ],
    references: { channel_id: 'channel', slot_id: 'slot' },
    indices: [
      ['state', 'deadline'],
      ['channel_id', 'starts_at'],
    ],
  });
}
