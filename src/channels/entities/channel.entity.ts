import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import type { Instant } from '../../shared/clock.js';
import { type ChannelKind } from '../../shared/channel-kind.js';
import { type SoundProfile } from './sound-profile.js';
import { type Closure, closureAt } from '../hours/closures.js';
import { type PermittedHours } from '../hours/permitted-hours.js';

@Entity('channel')
export class Channel {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  code!: string;

  @TextColumn()
  kind!: ChannelKind;

  @TextColumn()
  name!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id' })
  unitId!: string;

  @TextColumn()
  profile!: SoundProfile;

  @TextColumn()
  zone!: string;

  @JsonColumn()
  permitted!: PermittedHours[];

  /** False from its retirement on. */
  @BooleanColumn()
  active!: boolean;

  /** Pauses and retirements, ordered by start. Past ones stay: they explain the silence of past days. */
  @JsonColumn({ default: '[]' })
  closures!: StoredClosure[];
}

/** `paused`: now, until the end of the pause. */
export const channelStates = ['open', 'paused', 'retired'] as const;
export type ChannelState = (typeof channelStates)[number];

export function channelStateOf({ active, closures }: Pick<Channel, 'active' | 'closures'>, now: Instant): ChannelState {
  if (!active) return 'retired';
  return closureAt(closures, now) ? 'paused' : 'open';
}

/** A closure with who ordered it and when. */
export interface StoredClosure extends Closure {
  at: number;
  by: string;
}
