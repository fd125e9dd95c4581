import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type EntityManager, LessThan } from 'typeorm';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { isDuplicate } from '../../database/disk/storage-fault.js';
import { SecretBox } from '../accounts/secret-box.js';
import { IdempotentRequest } from './idempotent-request.entity.js';

const KEPT_MS = 24 * 60 * 60_000;
/** How long an answer may take to reach its row. */
const FRESH_MS = 10_000;
/** Longer answers are not stored. */
const LONGEST_ANSWER = 256 * 1024;
const KEPT_HEADERS = ['content-type', 'location', 'etag'] as const;

const answer = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });
export type KeptAnswer = z.infer<typeof answer>;

export interface KeyedRequest {
  id: string;
  fingerprint: string;
}

/** Running requests that have written their key. */
const claimed = new WeakMap<FastifyRequest, KeyedRequest>();

/**
 * Answers to requests with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), for 24 hours. The key is
 * written in the same transaction as the first change of the request: either both are saved or neither, also when the
 * server dies before it answers.
 */
@Injectable()
export class Idempotency {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SecretBox,
  ) {}

  /**
   * Undefined when nothing was changed under this key. `answer` null: the answer is unknown; `isFresh`: it may still
   * arrive. Throws `key-reused` (422).
   */
  async find({ id, fingerprint }: KeyedRequest): Promise<{ answer: KeptAnswer | null; isFresh: boolean } | undefined> {
    const row = await this.database.read().findOneBy(IdempotentRequest, { id });
    const now = this.clock.now();
    if (!row || row.createdAt < now - KEPT_MS) return undefined;
    if (row.fingerprint !== fingerprint) throw keyReused();
    const kept = row.answer === null ? null : answer.parse(JSON.parse(this.box.open(id, row.answer)));
    return { answer: kept, isFresh: row.createdAt > now - FRESH_MS };
  }

  /** Saves the first change of `work` together with the key. Throws `KeyTaken` when another request was first. */
  run<T>(request: FastifyRequest, keyed: KeyedRequest, work: () => Promise<T>): Promise<T> {
    return this.database.withFirstWrite(async (tx) => {
      await this.claim(tx, keyed);
      claimed.set(request, keyed);
    }, work);
  }

  /**
   * Called with every answer before it is sent. A success is stored; a refused request may be sent again under its key.
   * After an internal error the key stays without an answer, because it is unknown how far the request came.
   */
  async keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
    const keyed = claimed.get(request);
    if (!keyed) return;
    claimed.delete(request);
    const { id } = keyed;
    const { statusCode: status } = reply;
    if (status >= 500) return;
    const isRefused = status >= 400;
    const isKept = payload == null || (typeof payload === 'string' && payload.length <= LONGEST_ANSWER);
    if (!isRefused && !isKept) return;
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = reply.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    });
    const text = JSON.stringify({ status, headers: Object.fromEntries(headers) as object, body: payload ?? '' });
    await this.database.writeIfPossible((tx) =>
      isRefused
        ? tx.delete(IdempotentRequest, { id })
        : tx.update(IdempotentRequest, { id }, { answer: this.box.seal(id, text) }),
    );
  }

  private async claim(tx: EntityManager, { id, fingerprint }: KeyedRequest): Promise<void> {
    const createdAt = this.clock.now();
    await tx.delete(IdempotentRequest, { createdAt: LessThan(createdAt - KEPT_MS) });
    try {
      await tx.insert(IdempotentRequest, { id, fingerprint, answer: null, createdAt });
    } catch (error) {
      throw isDuplicate(error) ? new KeyTaken() : error;
    }
  }
}

/** Another request with the same key has changed something since this one began. */
export class KeyTaken extends DomainError {
  constructor() {
    super(
      'conflict',
      'request-in-progress',
      {
        vi: 'Việc này vừa được gửi một lần rồi và đang được xử lý. Xin đợi vài giây rồi tải lại trang.',
        en: 'This request has been sent before and is still at work. Wait some seconds and look again.',
      },
      { seconds: 2 },
    );
  }
}

/** The key was saved and the answer was not: the server stopped in between, or the answer was too long. */
export function alreadyReceived(): DomainError {
  return new DomainError('conflict', 'already-received', {
    vi: 'Lần gửi trước của việc này đã được lưu, nhưng câu trả lời bị ngắt giữa chừng. Xin tải lại trang để xem kết quả, đừng làm lại.',
    en: 'This request was saved when it was sent before, but its answer was cut off. Look at the result before you do anything again.',
  });
}

function keyReused(): DomainError {
  return new DomainError('invalid', 'key-reused', {
    vi: 'Mã Idempotency-Key này đã dùng cho một yêu cầu có nội dung khác.',
    en: 'This Idempotency-Key was used for a request with another body.',
  });
}
