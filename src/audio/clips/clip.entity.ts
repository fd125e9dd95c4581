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

  /** Planned length; the delivered length may differ by 0.2 s. */
  @IntegerColumn({ name: 'plan_ms', nullable: true })
  planMs!: number | null;

  /** Between the first and the last audible slice, seconds. */
  @RealColumn({ name: 'longest_silence', nullable: true })
  longestSilence!: number | null;

  /** Null for clips from before forms existed: read once and without music. */
  @JsonColumn({ nullable: true })
  form!: ClipForm | null;

  @TextColumn({ nullable: true })
  engine!: string | null;

  /** The sender of the recording; null for read-aloud clips, and for recordings from before senders were stored. */
  @Column({ type: 'varchar', length: 36, name: 'uploaded_by', nullable: true })
  uploadedBy!: string | null;

  /** Size of the recording on the disk while it waits; 0 for the second clip of the same file. */
  @IntegerColumn({ name: 'upload_bytes', nullable: true })
  uploadBytes!: number | null;

  @JsonColumn({ nullable: true })
  sentences!: ClipSentence[] | null;

  @JsonColumn({ nullable: true })
  peaks!: number[] | null;

  @TextColumn({ nullable: true })
  reason!: string | null;

  /** Who requested, uploaded or chose it, and who corrected the text that was read aloud. Null: unknown. */
  @JsonColumn({ nullable: true })
  contributions!: Contribution[] | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'ready_at', nullable: true })
  readyAt!: number | null;
}
