import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, RealColumn, TextColumn } from '../../database/schema/columns.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { ProfileName } from '../dsp/mastering-profiles.js';
import type { StationIdentState } from './station-ident.transitions.js';
import type { IdentPart } from './ident-text.js';

/** The opening or closing ident of one unit on one day, for one sound profile. */
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

  /** Voices in order of preference, and the rate in words a minute. */
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

  /** When its file was deleted, long after its day; words and figures stay. */
  @InstantColumn({ name: 'dropped_at', nullable: true })
  droppedAt!: number | null;

  /** When it was last requested: of several, the latest airs. */
  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'ready_at', nullable: true })
  readyAt!: number | null;
}
