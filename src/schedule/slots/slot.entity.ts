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

  /** Null for a relay, a live item and a station call. */
  @Column({ type: 'varchar', length: 36, name: 'clip_id', nullable: true })
  clipId!: string | null;

  /** Of an opening or closing that is the station call of its day, instead of a clip. */
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

  /** Of what has ended: until when evidence may mend `state`. Null when it is settled for good. */
  @InstantColumn({ name: 'evidence_until', nullable: true })
  evidenceUntil!: number | null;

  /** The state is `missed` only because nobody has said that it played, and a log may still come. */
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

  /** Of a relay, an opening, a closing; the others are called like their script. */
  @TextColumn({ nullable: true })
  title!: string | null;

  @TextColumn({ name: 'stream_url', nullable: true })
  streamUrl!: string | null;

  /** Of a live item: the approved text that the announcer reads. */
  @Column({ type: 'varchar', length: 36, name: 'script_version_id', nullable: true })
  scriptVersionId!: string | null;

  @TextColumn({ name: 'start_rule', default: 'wait' })
  startRule!: StartRule;

  /** Of `wait`: how long what runs may still run. */
  @IntegerColumn({ name: 'wait_seconds', default: 60 })
  waitSeconds!: number;

  /** Grows by one with every change, so that nobody overwrites what he has not seen. */
  @IntegerColumn({ default: 1 })
  version!: number;

  /** A person put it here, or it makes another good: the planner never takes it away. */
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
