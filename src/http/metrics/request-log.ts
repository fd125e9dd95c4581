import { Injectable, Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Histogram } from 'prom-client';
import { withLogFields } from '../../shared/context.js';
import { callerKeyOf } from '../requests/caller-key.js';
import { Metrics } from './metrics.js';
import { REQUEST_ID } from '../requests/request-id.js';

/** Seconds. */
const BUCKETS = [0.01, 0.05, 0.2, 1, 5];
/** The route label of an unknown address: the address itself is arbitrary text and may hold a secret. */
const NO_ROUTE = 'none';

/**
 * Writes one line for each request and counts it: the route is the pattern of the router, so that it holds no id, key
 * or query.
 */
@Injectable()
export class RequestLog {
  private readonly log = new Logger('Http');
  private readonly begun = new WeakMap<FastifyRequest, number>();
  private readonly seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(metrics: Metrics) {
    const labels = ['method', 'route', 'status'] as const;
    this.seconds = metrics.histogram(
      'loa_http_request_seconds',
      'Requests by pattern and status class.',
      labels,
      BUCKETS,
    );
  }

  /** Must be the first hook, so that requests refused by later hooks are logged too. */
  watch(server: FastifyInstance): void {
    server
      .addHook('onRequest', (request, reply, done) => {
        this.begun.set(request, performance.now());
        reply.header(REQUEST_ID, request.id);
        withLogFields({ requestId: request.id }, done);
      })
      .addHook('onResponse', (request, reply, done) => {
        this.ended(request, reply.statusCode);
        done();
      })
      .addHook('onRequestAbort', (request, done) => {
        this.ended(request, null);
        done();
      });
  }

  /** `status` null: the caller had gone before the end of the answer. */
  private ended(request: FastifyRequest, status: number | null): void {
    const begun = this.begun.get(request);
    // An answer to a caller who has gone may end a second time.
    if (begun === undefined || !this.begun.delete(request)) return;
    const ms = performance.now() - begun;
    const { method, id: requestId } = request;
    const route = routeOf(request);
    const kind = status === null ? 'broken' : `${Math.floor(status / 100)}xx`;
    this.seconds.observe({ method, route, status: kind }, ms / 1000);
    const say = status === null ? 'Request broken off' : 'Request answered';
    const level = levelOf(request, status ?? 0);
    if (!Logger.isLevelEnabled(level)) return;
    const actor = callerKeyOf(request);
    const durationMs = Math.round(ms * 10) / 10;
    const line = { requestId, actor, method, route, status, durationMs };
    this.log[level](say, line);
  }
}

/** Static files are most of the requests of a page and carry no information. */
function levelOf({ routeOptions }: FastifyRequest, status: number): 'warn' | 'log' | 'debug' {
  if (status >= 500) return 'warn';
  return status < 400 && !routeOptions.config.loa ? 'debug' : 'log';
}

export function routeOf({ is404, routeOptions }: FastifyRequest): string {
  return is404 ? NO_ROUTE : (routeOptions.url ?? NO_ROUTE);
}
