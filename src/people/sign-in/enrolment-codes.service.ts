import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { newId, sha256 } from '../../shared/ids.js';
import type { Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { EnrolmentCode } from './enrolment-code.entity.js';
import { newRecoveryCode, plainCode } from './one-time-code.js';

const VALID_MS = 24 * 3_600_000;

/**
 * Codes for enrolling an account's phone: shown once, valid once within 24 hours. `SecondPerson` decides who may issue
 * one.
 */
@Injectable()
export class EnrolmentCodes {
  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Issues a new code; it replaces any other of the account. */
  async issue(tx: EntityManager, actor: Actor, accountId: string): Promise<string> {
    const code = newRecoveryCode();
    const now = this.clock.now();
    const expiresAt = now + VALID_MS;
    await this.drop(tx, accountId);
    await tx.insert(EnrolmentCode, { id: newId(now), accountId, codeHash: hashOf(accountId, code), expiresAt });
    const fact = { action: 'second-factor.code-issued', entity: 'account', entityId: accountId };
    await this.audit.record(tx, actor, { ...fact, after: { endsAt: expiresAt } });
    return code;
  }

  /** Checks the account's code and uses it up. One statement: of two attempts at once, one is refused. */
  async redeem(tx: EntityManager, accountId: string, typed: string): Promise<boolean> {
    const expiresAt = MoreThan(this.clock.now());
    const done = await tx.delete(EnrolmentCode, { accountId, codeHash: hashOf(accountId, typed), expiresAt });
    return done.affected === 1;
  }

  async drop(tx: EntityManager, accountId: string): Promise<void> {
    await tx.delete(EnrolmentCode, { accountId });
  }
}

function hashOf(accountId: string, code: string): string {
  return sha256(`enrolment ${accountId} ${plainCode(code)}`);
}
