import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BooleanColumn, InstantColumn, JsonColumn, TextColumn } from '../database/schema/columns.js';
import { type Reference, type Assignment } from './reading/text/letter.js';

@Entity('directive')
export class Directive {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** `announcement`: without a letter; its number is a running one of its unit and year. */
  @TextColumn({ default: 'letter' })
  kind!: DirectiveKind;

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

  /** A letter of another place, registered without obligations. */
  @BooleanColumn({ default: false })
  elsewhere!: boolean;

  /** Null while it is in force. */
  @InstantColumn({ name: 'withdrawn_at', nullable: true })
  withdrawnAt!: number | null;

  @Column({ type: 'varchar', length: 36, name: 'withdrawn_by', nullable: true })
  withdrawnBy!: string | null;

  @TextColumn({ name: 'withdraw_reason', nullable: true })
  withdrawReason!: string | null;
}

export const directiveKinds = ['letter', 'announcement'] as const;
export type DirectiveKind = (typeof directiveKinds)[number];
