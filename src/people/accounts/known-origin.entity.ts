import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** A device or a network from which the owner of an account has signed in. */
@Entity('known_origin')
export class KnownOrigin {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  /** `device:<hash of its cookie>` or `network:<address>`. */
  @TextColumn()
  mark!: string;

  @InstantColumn({ name: 'seen_at' })
  seenAt!: number;

  /** When a code of the phone was last given from here: an intruder with only the password has given none. */
  @InstantColumn({ name: 'code_at', nullable: true })
  codeAt!: number | null;
}
