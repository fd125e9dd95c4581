import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, TextColumn } from '../database/schema/columns.js';

/** `public`: by law. `observance`: marked, and worked on. `local`: what this place adds. */
export const holidayKinds = ['public', 'observance', 'local'] as const;
export type HolidayKind = (typeof holidayKinds)[number];

/** One date with a name. A removed one stays with `active` false, so that importing its year again does not bring it back. */
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
