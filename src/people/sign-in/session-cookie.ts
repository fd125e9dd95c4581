import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from './csrf.js';
import { RequestOrigins } from './request-origins.js';
import type { SignInResult } from './sessions.service.js';

/** The session's cookie: `__Host-` where the public address is https, a plain name on a bare http one. */
@Injectable()
export class SessionCookie {
  constructor(
    private readonly csrf: Csrf,
    private readonly origins: RequestOrigins,
  ) {}

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  set(reply: FastifyReply, sessionId: string): void {
    reply.setCookie(this.name, sessionId, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.csrf.secure });
  }

  /** Sets the cookies of a new sign-in: the session's and the known device's. */
  begin(request: FastifyRequest, reply: FastifyReply, { sessionId, freshDevice }: SignInResult): void {
    this.set(reply, sessionId);
    this.origins.mark(request, reply, freshDevice);
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.name, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.csrf.secure });
  }

  private get name(): string {
    return this.csrf.secure ? '__Host-loa' : 'loa';
  }
}
