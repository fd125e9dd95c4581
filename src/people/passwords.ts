import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { DomainError } from '../shared/domain-error.js';

export interface HashCost {
  memoryKiB: number;
  passes: number;
}

/** argon2id with 64 MiB and 3 passes (above the minimum of OWASP's Password Storage Cheat Sheet). */
const productionCost: HashCost = { memoryKiB: 65_536, passes: 3 };

type Matches = (stored: string | null, password: string) => Promise<boolean>;

/** Hashes and checks passwords, NFC-normalised, at most two at a time so that a flood of sign-ins cannot eat the memory. */
@Injectable()
export class Passwords {
  /** Tests lower the cost; a hash tells its own cost, so both kinds verify. */
  cost = productionCost;
  private free = 2;
  private readonly waiting: (() => void)[] = [];
  private dummy?: Promise<string>;

  /** Throws `weak-password` under 12 characters or over 200. */
  async hash(password: string): Promise<string> {
    const text = password.normalize('NFC');
    if ([...text].length < 12 || text.length > 200) {
      throw new DomainError('invalid', 'weak-password', {
        vi: 'Mật khẩu phải có từ 12 ký tự trở lên. Gợi ý: ghép bốn, năm từ dễ nhớ.',
        en: 'A password has at least 12 characters.',
      });
    }
    return this.inTurn(() => this.make(text));
  }

  /**
   * Lets at most two work at a time, and hands them a `matches`: with no stored hash it works as long as with one and answers
   * no, so that an unknown account is not told by time.
   */
  async inTurn<T>(work: (matches: Matches) => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work((stored, password) => this.matches(stored, password));
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }

  private async matches(stored: string | null, password: string): Promise<boolean> {
    // Made before the first check whoever it is about: awaited, so that it is no third hash at a time.
    const dummy = await (this.dummy ??= this.make('khong-ai-dung-mat-khau-nay'));
    const same = await verify(stored ?? dummy, password.normalize('NFC').slice(0, 200));
    return same && stored !== null;
  }

  private make(text: string): Promise<string> {
    return hash(text, {
      algorithm: 2 satisfies Algorithm.Argon2id,
      memoryCost: this.cost.memoryKiB,
      timeCost: this.cost.passes,
      parallelism: 1,
    });
  }
}
