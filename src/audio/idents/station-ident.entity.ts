import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, RealColumn, TextColumn } from '../../database/schema/columns.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import type { StationIdentState } from './station-ident.transitions.js';
import type { IdentPart } from './ident-text.js';

/** The opening or the closing of one unit's programme on one day, finished for one profile. */
@Entity('station_call')
export class StationIdent {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id' })
  unitId!: string;

  @TextColumn()
  date!: LocalDate;

  @TextColumn()
  part!: IdentPart;

  @TextColumn()
  profile!: ProfileName;

  @TextColumn()
  spoken!: string;

  @TextColumn({ name: 'inputs_hash' })
  inputsHash!: string;

  /** Who is asked to read it, in order, and how fast, words a minute. */
  @JsonColumn()
  voices!: { chain: string[]; rate: number };

  @TextColumn()
  state!: StationIdentState;

  @TextColumn({ nullable: true })
  sha256!: string | null;

  @IntegerColumn({ nullable: true })
  bytes!: number | null;

  @IntegerColumn({ name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @RealColumn({ name: 'integrated_lufs', nullable: true })
  integratedLufs!: number | null;

  @RealColumn({ name: 'true_peak_dbtp', nullable: true })
  truePeakDbtp!: number | null;

  @TextColumn({ nullable: true })
  engine!: string | null;

  @JsonColumn({ nullable: true })
  peaks!: number[] | null;

  @TextColumn({ nullable: true })
  reason!: string | null;

  /** When its file was let go, long after its day; the words and figures stay. */
  @InstantColumn({ name: 'dropped_at', nullable: true })
  droppedAt!: number | null;

  /** When it was last asked for: of several, the last one airs. */
  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'ready_at', nullable: true })
  readyAt!: number | null;
}
