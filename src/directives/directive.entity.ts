import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type Reference, type Assignment } from './reading/text/letter.js';

@Entity('directive')
export class Directive {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @TextColumn()
  number!: string;

  @TextColumn({ name: 'issued_on' })
  issuedOn!: string;

  @TextColumn({ nullable: true })
  place!: string | null;

  @TextColumn()
  issuer!: string;

  @TextColumn({ nullable: true })
  subject!: string | null;

  @TextColumn({ nullable: true })
  urgency!: string | null;

  @JsonColumn({ name: 'refs' })
  references!: Reference[];

  @JsonColumn()
  assignments!: Assignment[];

  @JsonColumn()
  recipients!: string[];

  /** Kính gửi. */
  @JsonColumn({ name: 'addressed_to' })
  to!: string[];

  @JsonColumn()
  missing!: string[];

  @TextColumn()
  body!: string;

  @TextColumn({ name: 'body_hash' })
  bodyHash!: string;

  @TextColumn()
  search!: string;

  @InstantColumn({ name: 'registered_at' })
  registeredAt!: number;

  @Column({ type: 'varchar', length: 36, name: 'registered_by', nullable: true })
  registeredBy!: string | null;
}
