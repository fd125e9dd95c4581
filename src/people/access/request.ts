import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/domain-error.js';
import { setCallerKey } from '../../http/requests/caller-key.js';
import type { Actor } from './actor.js';

/** What the access guard stores on a request. */
export interface Caller {
  actor: Actor;
  sessionId: string;
  csrfSecret: string;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
  setCallerKey(request, `person:${caller.actor.accountId}`);
}

export function callerOf(request: FastifyRequest): Caller | null {
  return callers.get(request) ?? null;
}

export function unauthenticated(): DomainError {
  return new DomainError('unauthenticated', 'unauthenticated', { vi: 'Cần đăng nhập.', en: 'Sign in first.' });
}

/** The signed-in person: `@CurrentActor() actor: Actor`. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw unauthenticated();
  return caller.actor;
});
