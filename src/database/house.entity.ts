import { Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, IntegerColumn, JsonColumn, TextColumn } from './schema/columns.js';

/**
 * Why a copy of the installation is passive. `restored`: from a backup, and not yet activated by a person.
 * `superseded`: a station has reported a newer copy. `twin`: a station has reported another copy of the same age.
 */
export type PassiveReason = 'restored' | 'superseded' | 'twin';

/** The one row that identifies the installation of this database, and which copy of it this is. */
@Entity('house')
export class House {
  /** The same in all copies of an installation. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /**
   * When a person activated this copy, milliseconds; 0 until the first restore. Of two copies the one with the higher
   * value is valid.
   */
  @InstantColumn()
  generation!: number;

  /** Counts the starts of servers on this database. A copy of the files continues the count beside the original. */
  @IntegerColumn()
  starts!: number;

  /** Random, from the last start: it differs between two copies with the same count. */
  @TextColumn({ name: 'start_mark' })
  startMark!: string;

  /** The highest generation of another copy that stations have reported. */
  @InstantColumn({ name: 'heard_generation' })
  heardGeneration!: number;

  /** Null while this copy may act. */
  @InstantColumn({ name: 'passive_since', nullable: true })
  passiveSince!: number | null;

  @TextColumn({ name: 'passive_reason', nullable: true })
  passiveReason!: PassiveReason | null;

  /** When the backup was written from which this copy was restored. */
  @InstantColumn({ name: 'backup_at', nullable: true })
  backupAt!: number | null;

  /** The public address given to stations and feeds; null before the first start. */
  @TextColumn({ nullable: true })
  address!: string | null;

  /** True when a setting gives the address; otherwise it follows the port on which the server listens. */
  @BooleanColumn({ name: 'address_set' })
  addressSet!: boolean;

  /** Fingerprints of the key files by name. */
  @JsonColumn()
  keys!: Record<string, string>;
}
