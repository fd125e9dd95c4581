import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, IntegerColumn, TextColumn } from '../../database/schema/columns.js';

/** See `DayOverride` in hours/: silent that day, another start or length, or a special programme. */
export const overrideKinds = ['skip', 'move', 'special'] as const;
export type OverrideKind = (typeof overrideKinds)[number];

/**
 * What one window does on one date, whatever its series says. One row of a window and date is active; `previousId` is
 * the row that it replaced.
 */
@Entity('window_override')
export class WindowOverride {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'window_id' })
  windowId!: string;

  @TextColumn()
  date!: string;

  @TextColumn()
  kind!: OverrideKind;

  @TextColumn({ nullable: true })
  start!: string | null;

  @IntegerColumn({ nullable: true })
  minutes!: number | null;

  @TextColumn({ nullable: true })
  title!: string | null;

  @TextColumn()
  reason!: string;

  @BooleanColumn()
  active!: boolean;

  @Column({ type: 'varchar', length: 36, name: 'previous_id', nullable: true })
  previousId!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;
}
