import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { callerKeyOf } from '../requests/caller-key.js';
import { LIMITED, type Limited, weightOf } from './limits.js';
import { RequestLimiter } from './request-limiter.js';

/** Counts requests to expensive routes. Called when the caller is known and before the body is read. */
@Injectable()
export class RouteLimits {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RequestLimiter,
  ) {}

  /** Throws `too-many-requests` (429). */
  take(request: FastifyRequest): void {
    const route = request.routeOptions.config.loa;
    const limited = route && this.reflector.get<Limited | undefined>(LIMITED, route.handler);
    if (!limited) return;
    const caller = limited.by ? limited.by(request) : callerKeyOf(request);
    if (caller === null) throw new Error(`${request.method} ${request.routeOptions.url}: who is limited here?`);
    this.limiter.take(limited.name, caller, weightOf(limited.name, request.headers['content-length']));
  }
}
