import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TextColumn } from '../../database/schema/columns.js';
import { type Role } from '../access/role.js';

@Entity('role_grant')
export class RoleGrant {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'account_id' })
  accountId!: string;

  @TextColumn()
  role!: Role;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;
}
