import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn } from '../../database/schema/columns.js';

/**
 * What opens and closes the sessions of one window, or of all windows of a unit that have no setting of their own for
 * that part.
 */
@Entity('session_frame')
export class SessionBookend {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, name: 'unit_id', nullable: true })
  unitId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'window_id', nullable: true })
  windowId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'opening_clip_id', nullable: true })
  openingClipId!: string | null;

  @Column({ type: 'varchar', length: 36, name: 'closing_clip_id', nullable: true })
  closingClipId!: string | null;

  /** The station ident of the day opens the session; the clip, if any, only when the ident is not ready in time. */
  @BooleanColumn({ name: 'opening_call', default: false })
  openingCall!: boolean;

  @BooleanColumn({ name: 'closing_call', default: false })
  closingCall!: boolean;

  /** For a window: no opening, whatever its unit has. */
  @BooleanColumn({ name: 'opening_none', default: false })
  openingNone!: boolean;

  @BooleanColumn({ name: 'closing_none', default: false })
  closingNone!: boolean;

  @InstantColumn({ name: 'updated_at' })
  updatedAt!: number;
}
