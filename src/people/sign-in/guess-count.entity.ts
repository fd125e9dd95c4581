import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, RealColumn } from '../../database/schema/columns.js';

/** The number of failed guesses under a key of the throttle; the count decays. */
@Entity('guess_count')
export class GuessCount {
  @PrimaryColumn({ type: 'varchar', length: 200 })
  key!: string;

  @RealColumn()
  level!: number;

  @InstantColumn({ name: 'counted_at' })
  countedAt!: number;
}
