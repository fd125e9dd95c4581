import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import { type ChannelKind } from '../../shared/channel-kind.js';
import { type SoundProfile } from './sound-profile.js';
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

  @BooleanColumn()
  active!: boolean;
}
