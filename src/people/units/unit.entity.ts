import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, JsonColumn, TextColumn } from '../../database/schema/columns.js';
import { type UnitKind } from './unit-kind.js';

@Entity('unit')
export class Unit {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  code!: string;

  @TextColumn()
  kind!: UnitKind;

  @TextColumn()
  name!: string;

  @TextColumn({ name: 'short_name' })
  shortName!: string;

  @Column({ type: 'varchar', length: 36, name: 'parent_id', nullable: true })
  parentId!: string | null;

  @JsonColumn()
  aliases!: string[];

  @TextColumn()
  search!: string;

  @BooleanColumn()
  active!: boolean;
}
