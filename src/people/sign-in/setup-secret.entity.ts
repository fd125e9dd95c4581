import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../database/schema/columns.js';

/** The one-time secret for creating the first administrator. Only its hash is stored. */
@Entity('setup_secret')
export class SetupSecret {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn({ name: 'secret_hash' })
  secretHash!: string;

  @InstantColumn({ name: 'created_at' })
  createdAt!: number;

  @InstantColumn({ name: 'expires_at' })
  expiresAt!: number;

  @InstantColumn({ name: 'used_at', nullable: true })
  usedAt!: number | null;
}
