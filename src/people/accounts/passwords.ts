import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { DomainError, type Sentence } from '../../shared/domain-error.js';
import { type Known, type Weakness, weaknessOf } from './password-strength.js';

export interface HashCost {
  memoryKiB: number;
  passes: number;
}

/** argon2id with 64 MiB and 3 passes (above the minimum of OWASP's Password Storage Cheat Sheet). */
const productionCost: HashCost = { memoryKiB: 65_536, passes: 3 };

const HINT = 'Gợi ý: ghép bốn, năm từ dễ nhớ không liên quan đến nhau.';
const weak: Record<Weakness, Sentence> = {
  short: {
    vi: `Mật khẩu phải có từ 12 ký tự trở lên. ${HINT}`,
    en: 'A password has at least 12 characters.',
  },
  long: { vi: 'Mật khẩu dài quá 200 ký tự.', en: 'A password has at most 200 characters.' },
  names: {
    vi: `Mật khẩu này ghép từ tên đăng nhập, họ tên hoặc tên cơ quan, rất dễ đoán. ${HINT}`,
    en: 'This password is made of the user name, the name of the person or of an office. Join four or five words that have nothing to do with each other.',
  },
  common: {
    vi: `Mật khẩu này gần giống những mật khẩu hay bị đoán nhất. ${HINT}`,
    en: 'This password is close to those that are guessed first. Join four or five words that have nothing to do with each other.',
  },
  pattern: {
    vi: `Mật khẩu này chỉ là dãy phím, ngày tháng hoặc chữ lặp lại, rất dễ đoán. ${HINT}`,
    en: 'This password is a row of keys, a date or a repetition. Join four or five words that have nothing to do with each other.',
  },
};

/** The list of a bundled package, by rank; loaded when the first password is chosen. */
async function commonPasswords(): Promise<ReadonlyMap<string, number>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Map(dictionary['passwords-common'].map((password, n) => [password, n + 1]));
}
/** One list for the process: it is the same for every instance. */
let ranks: Promise<ReadonlyMap<string, number>> | undefined;

type Matches = (stored: string | null, password: string) => Promise<boolean>;

/**
 * Hashes and checks passwords, NFC-normalised, at most two at a time so that a flood of sign-ins cannot exhaust the
 * memory.
 */
@Injectable()
export class Passwords {
  /** Tests lower the cost; a hash contains its own cost, so both kinds verify. */
  cost = productionCost;
  private free = 2;
  private readonly waiting: (() => void)[] = [];
  private dummy?: Promise<string>;

  /**
   * Throws `weak-password` (422) with the weakness; `known` holds the words that an attacker who knows the person
   * tries.
   */
  async hash(password: string, known: Known = { person: [], offices: [] }): Promise<string> {
    const text = password.normalize('NFC');
    const reason = weaknessOf(text, known, await (ranks ??= commonPasswords()));
    if (reason !== null) throw new DomainError('invalid', 'weak-password', weak[reason], { reason });
    return this.inTurn(() => this.make(text));
  }

  /**
   * Runs at most two `work` at a time and passes each a `matches`. Without a stored hash `matches` takes as long as
   * with one and returns false, so that timing does not reveal an unknown account.
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
    // Created and awaited before the first check of any account, so that it never is a third hash at a time.
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
