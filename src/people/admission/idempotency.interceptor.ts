import { setTimeout as pause } from 'node:timers/promises';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { ReadyAnswer } from '../../http/requests/ready-answer.js';
import { DomainError } from '../../shared/domain-error.js';
import { hashOf } from '../../shared/ids.js';
import { Csrf } from '../sign-in/csrf.js';
import { callerOf } from '../access/request.js';
import { alreadyReceived, Idempotency, type KeyedRequest, KeyTaken } from './idempotency.service.js';

/** How long a request waits for the answer of the same request on another server. */
const WAIT_MS = 5_000;
const LOOK_MS = 100;

/**
 * A POST that is sent twice is done once, and the second sender gets the answer of the first (`idempotency-replayed:
 * true`). Programs identify it by the header `Idempotency-Key`. Two forms are the same when all fields and the hidden
 * token are equal, which each rendering of a page creates: a double click, or a reload after a lost answer.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  /** In this process. */
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly idempotency: Idempotency) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const keyed = keyOf(context.switchToHttp().getRequest<FastifyRequest>());
    if (!keyed) return next.handle();
    const { id } = keyed;
    // Check again after waiting: another request may have begun in the meantime.
    while (this.running.has(id)) await this.running.get(id);
    const work = this.once(context, next, keyed);
    this.running.set(
      id,
      work.catch(() => undefined),
    );
    return of(await work.finally(() => this.running.delete(id)));
  }

  private async once(context: ExecutionContext, next: CallHandler, keyed: KeyedRequest): Promise<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    await this.replay(keyed);
    try {
      return await this.idempotency.run(request, keyed, () =>
        lastValueFrom(next.handle(), { defaultValue: undefined }),
      );
    } catch (error) {
      // The other request has the key; its transaction is not visible yet, or is rolled back.
      for (const until = performance.now() + WAIT_MS; error instanceof KeyTaken && performance.now() < until;) {
        await this.replay(keyed);
        await pause(LOOK_MS);
      }
      throw error;
    }
  }

  /** Throws the earlier answer, or `already-received` (409) when it does not arrive. */
  private async replay(keyed: KeyedRequest): Promise<void> {
    for (const until = performance.now() + WAIT_MS; ; await pause(LOOK_MS)) {
      const found = await this.idempotency.find(keyed);
      if (!found) return;
      if (found.answer) throw new ReadyAnswer({ ...found.answer, headers: replayed(found.answer.headers) });
      // The answer is stored after the change, right before it is sent.
      if (!found.isFresh || performance.now() > until) throw alreadyReceived();
    }
  }
}

const replayed = (headers: Record<string, string>) => ({ ...headers, 'idempotency-replayed': 'true' });

/** Undefined for a request that may be repeated. Throws `bad-idempotency-key` (400). */
function keyOf(request: FastifyRequest): KeyedRequest | undefined {
  const caller = callerOf(request);
  if (request.method !== 'POST' || !caller) return undefined;
  const header = request.headers['idempotency-key'];
  const form = header === undefined ? Csrf.formToken(request) : undefined;
  if (header === undefined && form === undefined) return undefined;
  if (header !== undefined && (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header))) throw badKey();
  // The body of an upload is not read yet.
  const fingerprint = hashOf([request.body ?? null, request.headers['content-length'] ?? null]);
  const route = [caller.actor.accountId, request.method, request.url];
  return { id: hashOf(form === undefined ? [...route, header] : [...route, form, fingerprint]), fingerprint };
}

function badKey(): DomainError {
  return new DomainError('malformed', 'bad-idempotency-key', {
    vi: 'Idempotency-Key phải có từ 1 đến 200 ký tự ASCII, không có khoảng trắng.',
    en: 'Idempotency-Key must be 1 to 200 ASCII characters without spaces.',
  });
}
