import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError, tooMany } from '../../shared/domain-error.js';
import { Reserve } from '../../database/disk/reserve.js';

/** Files received at the same time, in this process. */
export const RECEPTIONS_AT_ONCE = 12;
export const RECEPTIONS_PER_PERSON = 3;
/** Additional places for emergencies: overall, and for one person. */
export const URGENT_RECEPTIONS = { overall: 4, perPerson: 1 } as const;
/** The free space is checked after this many received bytes, and again after each further block of this size. */
const MEASURE_EVERY = 1_000_000;
const RETRY_AFTER_SECONDS = 30;

export interface AskedReception {
  readonly accountId: string;
  /** Where the file will be written. */
  readonly folder: string;
  /** An emergency has places and free space that other uploads may not use. */
  readonly urgent?: boolean;
  /** Bytes of the whole request, when the sender announces them. */
  readonly announcedBytes?: number;
  /** The total that this person may have in transfer, with the error for exceeding it. */
  readonly allowance?: { readonly bytes: number; readonly refusal: () => DomainError };
}

/** One file that is being received. */
export interface Reception {
  /** Call it for each chunk before it is written. Throws `no-room` (503), or the refusal of the allowance. */
  take(bytes: number): Promise<void>;
}

interface OpenReception extends AskedReception {
  received: number;
}

/**
 * Bounds the files received at once, overall and per person, and stops them before the reserve of free space is used.
 */
@Injectable()
export class Receptions {
  private readonly open = new Set<OpenReception>();

  constructor(private readonly reserve: Reserve) {}

  /** How many files are being received now. */
  get count(): number {
    return this.open.size;
  }

  /**
   * Runs `work` while it holds a place. Throws before `work` begins, and so before a body is read:
   * `too-many-receptions` (429), `receptions-full` (503), `no-room` (503), or the refusal of the allowance.
   */
  async run<T>(asked: AskedReception, work: (reception: Reception) => Promise<T>): Promise<T> {
    this.requirePlace(asked);
    const reception: OpenReception = { ...asked, received: 0 };
    this.open.add(reception);
    try {
      const { folder, urgent, announcedBytes = 0 } = asked;
      this.requireAllowed(reception, announcedBytes);
      await this.reserve.require(folder, { urgent, need: announcedBytes, fresh: true });
      return await work({ take: this.taker(reception) });
    } finally {
      this.open.delete(reception);
    }
  }

  private requirePlace({ accountId, urgent }: AskedReception): void {
    const own = this.of(accountId).length;
    if (own >= RECEPTIONS_PER_PERSON + (urgent ? URGENT_RECEPTIONS.perPerson : 0)) throw tooManyOf(own);
    if (this.open.size >= RECEPTIONS_AT_ONCE + (urgent ? URGENT_RECEPTIONS.overall : 0)) throw full();
  }

  private taker(reception: OpenReception): Reception['take'] {
    let unmeasured = 0;
    return async (bytes) => {
      reception.received += bytes;
      this.requireAllowed(reception, 0);
      unmeasured += bytes;
      if (unmeasured < MEASURE_EVERY) return;
      const { folder, urgent } = reception;
      await this.reserve.require(folder, { urgent, need: unmeasured, fresh: true });
      unmeasured = 0;
    };
  }

  /** Simultaneous files of one person share the rest of the allowance. */
  private requireAllowed({ accountId, allowance }: OpenReception, announced: number): void {
    if (!allowance) return;
    const received = this.of(accountId).reduce((sum, one) => sum + one.received, announced);
    if (received > allowance.bytes) throw allowance.refusal();
  }

  private of(accountId: string): OpenReception[] {
    return [...this.open].filter((one) => one.accountId === accountId);
  }
}

/** The Content-Length of a request; undefined for a chunked one. */
export function announcedBytes({ headers }: Pick<FastifyRequest, 'headers'>): number | undefined {
  const length = Number(headers['content-length'] ?? NaN);
  return Number.isSafeInteger(length) ? length : undefined;
}

function tooManyOf(own: number): DomainError {
  return tooMany('too-many-receptions', RETRY_AFTER_SECONDS, {
    vi: `Bạn đang gửi ${own} tệp cùng lúc. Xin chờ một tệp gửi xong rồi gửi tiếp.`,
    en: `You are sending ${own} files at once. Wait for one of them to end.`,
  });
}

function full(): DomainError {
  return new DomainError(
    'unavailable',
    'receptions-full',
    {
      vi: 'Máy chủ đang nhận nhiều tệp cùng lúc. Xin gửi lại sau nửa phút.',
      en: 'The server is receiving many files. Send this one again in half a minute.',
    },
    { seconds: RETRY_AFTER_SECONDS },
  );
}
