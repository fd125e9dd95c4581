import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, RealColumn, TextColumn } from '../../database/schema/columns.js';
import type { Contribution } from '../../scripts/contribution.js';
import { type ClipState } from './clip.transitions.js';
import { type ClipForm } from './clip-form.js';
import { type ClipSentence } from './clip-sentence.js';

@Entity('clip')
export class Clip {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'script_version_id' })
  scriptVersionId!: string;

  @TextColumn()
  profile!: string;

  @TextColumn()
  spoken!: string;

  @TextColumn({ name: 'spoken_hash' })
  spokenHash!: string;

  @TextColumn({ name: 'inputs_hash' })
  inputsHash!: string;

  @TextColumn()
  state!: ClipState;

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

  /** Length that was planned; what was delivered may differ by 0.2 s. */
  @IntegerColumn({ name: 'plan_ms', nullable: true })
  planMs!: number | null;

  /** Between the first and the last sound, seconds. */
  @RealColumn({ name: 'longest_silence', nullable: true })
  longestSilence!: number | null;

  /** Null: as clips were before one could choose, read once and without music. */
  @JsonColumn({ nullable: true })
  form!: ClipForm | null;

  @TextColumn({ nullable: true })
  engine!: string | null;

  /** Who sent the recording; null for what is read aloud, and for recordings of before it was noted. */
  @Column({ type: 'varchar', length: 36, name: 'uploaded_by', nullable: true })
  uploadedBy!: string | null;

  /** What the recording takes on the disk while it waits; 0 for the second clip of the same file. */
  @IntegerColumn({ name: 'upload_bytes', nullable: true })
  uploadBytes!: number | null;

  @JsonColumn({ nullable: true })
  sentences!: ClipSentence[] | null;

  @JsonColumn({ nullable: true })
  peaks!: number[] | null;

  @TextColumn({ nullable: true })
  reason!: string | null;

  /** Who had it made, brought it along or chose it, and who corrected the reading that was read aloud. Null: nobody knows. */
  @JsonColumn({ nullable: true })
  contributions!: Contribution[] | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'ready_at', nullable: true })
  readyAt!: number | null;
}
