import { Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, IntegerColumn, JsonColumn, TextColumn } from './schema/columns.js';

/**
 * Why a copy of the house acts on nothing. `restored`: from a backup, and nobody has activated it. `superseded`: a station has
 * heard a newer copy. `twin`: a station has heard another copy that is as old.
 */
export type PassiveReason = 'restored' | 'superseded' | 'twin';

/** The one row that says which house this database is, and which copy of it. */
@Entity('house')
export class House {
  /** The same in all copies of a house. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** When a person activated this copy, milliseconds; 0 until the first restore. Of two copies the higher one is meant. */
  @InstantColumn()
  generation!: number;

  /** Counts the starts of servers on this database. A copy of the files goes on counting beside the original. */
  @IntegerColumn()
  starts!: number;

  /** Random, of the last start: two copies that have counted as far differ in it. */
  @TextColumn({ name: 'start_mark' })
  startMark!: string;

  /** The highest generation of another copy that stations have told of. */
  @InstantColumn({ name: 'heard_generation' })
  heardGeneration!: number;

  /** Null while this copy may act. */
  @InstantColumn({ name: 'passive_since', nullable: true })
  passiveSince!: number | null;

  @TextColumn({ name: 'passive_reason', nullable: true })
  passiveReason!: PassiveReason | null;

  /** When the backup was written that this copy was restored from. */
  @InstantColumn({ name: 'backup_at', nullable: true })
  backupAt!: number | null;

  /** What stations and feeds are told; null before the first start. */
  @TextColumn({ nullable: true })
  address!: string | null;

  /** A setting said so; otherwise it follows where the server listens. */
  @BooleanColumn({ name: 'address_set' })
  addressSet!: boolean;

  /** Fingerprints of the key files by name. */
  @JsonColumn()
  keys!: Record<string, string>;
}
