import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { callerKeyOf } from './caller-key.js';
import { LIMITED, type Limited, weightOf } from './limits.js';
import { RequestLimiter } from './request-limiter.js';

/** An interceptor, because it runs after every guard: only then it is known who calls. */
@Injectable()
export class LimitInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RequestLimiter,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const limited = this.reflector.get<Limited | undefined>(LIMITED, context.getHandler());
    if (limited) {
      const request = context.switchToHttp().getRequest<FastifyRequest>();
      const caller = limited.by ? limited.by(request) : callerKeyOf(request);
      if (caller === null) throw new Error(`${request.method} ${request.routeOptions.url}: who is limited here?`);
      this.limiter.take(limited.name, caller, weightOf(limited.name, request.headers['content-length']));
    }
    return next.handle();
  }
}
