import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** `public`: a day off by law. `observance`: marked, but a working day. `local`: added by this place. */
export const holidayKinds = ['public', 'observance', 'local'] as const;
export type HolidayKind = (typeof holidayKinds)[number];

/**
 * One named date. A removed holiday stays as a row with `active` false, so that importing its year again does not bring
 * it back.
 */
@Entity('holiday')
export class Holiday {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  date!: string;

  @TextColumn()
  name!: string;

  @TextColumn()
  kind!: HolidayKind;

  @BooleanColumn({ name: 'day_off' })
  dayOff!: boolean;

  @BooleanColumn({ name: 'flag_day' })
  flagDay!: boolean;

  @TextColumn()
  source!: string;

  @Column({ type: 'text', name: 'rule_key', nullable: true })
  ruleKey!: string | null;

  @BooleanColumn()
  active!: boolean;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;
}
