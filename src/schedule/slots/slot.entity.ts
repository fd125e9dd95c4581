import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, IntegerColumn, TextColumn } from '../../database/schema/columns.js';
import type { SlotKind, SlotRole } from './slot-kind.js';
import type { StartRule } from './start-rule.js';
import type { SlotState } from './slot.transitions.js';

@Entity('slot')
export class Slot {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  key!: string;

  @Column({ type: 'varchar', length: 36, name: 'channel_id' })
  channelId!: string;

  @Column({ type: 'varchar', length: 36, name: 'window_id', nullable: true })
  windowId!: string | null;

  @TextColumn()
  date!: string;

  /** Null for a relay without a campaign, an opening and a closing. */
  @Column({ type: 'varchar', length: 36, name: 'campaign_id', nullable: true })
  campaignId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'obligation_id', nullable: true })
  obligationId!: string | null;

  /** Null for a relay, a live item and a station ident. */
  @Column({ type: 'varchar', length: 36, name: 'clip_id', nullable: true })
  clipId!: string | null;

  /** For an opening or closing that is the station ident of its day, instead of a clip. */
  @Column({ type: 'varchar', length: 36, name: 'station_call_id', nullable: true })
  stationCallId!: string | null;

  @InstantColumn({ name: 'starts_at' })
  startsAt!: number;

  @InstantColumn({ name: 'ends_at' })
  endsAt!: number;

  @TextColumn()
  state!: SlotState;

  @TextColumn({ nullable: true })
  reason!: string | null;

  /** For an ended slot: until when evidence may correct `state`. Null when it is final. */
  @InstantColumn({ name: 'evidence_until', nullable: true })
  evidenceUntil!: number | null;

  /** The state is `missed` only because no evidence has arrived; a log may still arrive. */
  @BooleanColumn({ name: 'no_word', default: false })
  noWord!: boolean;

  @TextColumn()
  why!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;

  @TextColumn({ default: 'clip' })
  kind!: SlotKind;

  @TextColumn({ default: 'item' })
  role!: SlotRole;

  /** For a relay, an opening, a closing; other slots have the title of their script. */
  @TextColumn({ nullable: true })
  title!: string | null;

  @TextColumn({ name: 'stream_url', nullable: true })
  streamUrl!: string | null;

  /** For a live item: the approved text that the announcer reads. */
  @Column({ type: 'varchar', length: 36, name: 'script_version_id', nullable: true })
  scriptVersionId!: string | null;

  @TextColumn({ name: 'start_rule', default: 'wait' })
  startRule!: StartRule;

  /** For `wait`: how long a running item may continue. */
  @IntegerColumn({ name: 'wait_seconds', default: 60 })
  waitSeconds!: number;

  /** Grows by one with every change, so that no one overwrites unseen changes. */
  @IntegerColumn({ default: 1 })
  version!: number;

  /** Placed by a person, or a make-good: the planner never takes it away. */
  @BooleanColumn({ default: false })
  held!: boolean;

  @Column({ type: 'varchar', length: 36, name: 'make_good_for', nullable: true })
  makeGoodFor!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'replaced_by', nullable: true })
  replacedBy!: string | null;

  /** Who ordered an emergency: such a slot passes windows and permitted hours. */
  @TextColumn({ name: 'authorised_by', nullable: true })
  authorisedBy!: string | null;
}
