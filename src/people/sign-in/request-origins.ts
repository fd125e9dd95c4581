import '@fastify/cookie';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { sha256 } from '../../shared/ids.js';
import { Csrf } from './csrf.js';
import { isUntrustedProxy, networkOf, type RequestOrigin } from '../access/request-origin.js';

/** The longest time that browsers keep a cookie. */
const KEPT_SECONDS = 400 * 86_400;

/** Reads the origin of a request, and sets the device cookie after a sign-in. */
@Injectable()
export class RequestOrigins {
  private readonly log = new Logger('People');
  private warned = false;

  constructor(
    private readonly config: Config,
    private readonly csrf: Csrf,
  ) {}

  of(request: FastifyRequest): RequestOrigin {
    const address = request.ip;
    const cookie = this.device(request);
    const shared = isUntrustedProxy(request.socket.remoteAddress ?? '', request.headers, this.config);
    if (shared) this.warn();
    return { address, network: shared ? null : networkOf(address), device: cookie ? sha256(cookie) : null };
  }

  /** `fresh`: the new value of the browser's cookie; null renews the present cookie. */
  mark(request: FastifyRequest, reply: FastifyReply, fresh: string | null): void {
    const value = fresh ?? this.device(request);
    if (!value) return;
    const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: this.csrf.secure } as const;
    reply.setCookie(this.name, value, { ...options, maxAge: KEPT_SECONDS });
  }

  private device(request: FastifyRequest): string | null {
    const value = request.cookies[this.name];
    return value && /^[\w-]{43}$/.test(value) ? value : null;
  }

  private get name(): string {
    return this.csrf.secure ? '__Host-loa-device' : 'loa-device';
  }

  private warn(): void {
    if (this.warned) return;
    this.warned = true;
    this.log.warn(
      'Requests come through a proxy, but LOA_TRUST_PROXY is off: everybody has the proxy’s address, so nobody is slowed down by address. ' +
        'Loa đứng sau máy chủ chuyển tiếp (proxy): hãy đặt LOA_TRUST_PROXY=true rồi khởi động lại.',
    );
  }
}
