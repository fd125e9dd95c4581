import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, IntegerColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { UnitKind } from '../../people/units/unit-kind.js';
import type { PermittedHours } from '../hours/permitted-hours.js';

/**
 * `usual`: a day off is an ordinary day. `open`: days off and flag days are special occasions, on which the weekday
 * rule does not apply. `silent`: on days off only a special programme is broadcast.
 */
export const policyHolidays = ['usual', 'open', 'silent'] as const;
export type PolicyHolidays = (typeof policyHolidays)[number];

/**
 * What the law permits the loudspeakers of one kind of unit in one place, from `effectiveFrom` until a later row of that
 * place and kind.
 */
@Entity('policy')
export class Policy {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** The unit whose tree it governs: its own channels and those of the units below. */
  @Column({ type: 'varchar', length: 36, name: 'place_id' })
  placeId!: string;

  @TextColumn({ name: 'unit_kind' })
  unitKind!: UnitKind;

  @TextColumn({ name: 'effective_from' })
  effectiveFrom!: string;

  @TextColumn()
  name!: string;

  @JsonColumn()
  permitted!: PermittedHours[];

  @JsonColumn()
  quiet!: PermittedHours[];

  @JsonColumn({ nullable: true })
  weekdays!: number[] | null;

  @IntegerColumn({ name: 'sessions_per_day', nullable: true })
  sessionsPerDay!: number | null;

  @IntegerColumn({ name: 'minutes_per_session', nullable: true })
  minutesPerSession!: number | null;

  @TextColumn()
  holidays!: PolicyHolidays;

  @TextColumn({ nullable: true })
  source!: string | null;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'created_by', nullable: true })
  createdBy!: string | null;
}
