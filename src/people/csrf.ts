import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import csrfTokens from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { newSecret } from '../shared/ids.js';
import { callerOf } from './request.js';

const FORM_COOKIE = 'loa-form';

/**
 * Every unsafe request made with a cookie carries a token that only our own pages know: made from the
 * session's secret, or, before signing in, from a secret in a cookie of its own. The Origin header,
 * when there is one, must be ours too; our pages ask browsers to send it (Referrer-Policy in app.ts), so one that
 * hides itself ('null') comes from elsewhere.
 */
@Injectable()
export class Csrf {
  private readonly tokens = csrfTokens();

  constructor(private readonly config: Config) {}

  /** For a form's hidden `_csrf` field or a program's `x-csrf-token` header. */
  token(request: FastifyRequest, reply: FastifyReply): string {
    const caller = callerOf(request);
    if (caller) return this.tokens.create(caller.csrfSecret);
    let secret = request.cookies[FORM_COOKIE];
    if (!secret || secret.length < 20) {
      secret = newSecret(24);
      reply.setCookie(FORM_COOKIE, secret, { path: '/', httpOnly: true, sameSite: 'strict', secure: this.secure });
    }
    return this.tokens.create(secret);
  }

  tokenFor(csrfSecret: string): string {
    return this.tokens.create(csrfSecret);
  }

  /** Throws `bad-csrf` (403). Takes `_csrf` out of the body, so that strict schemas need not know it. */
  check(request: FastifyRequest): void {
    const origin = request.headers.origin;
    if (origin !== undefined && !this.isOurs(origin, request)) throw badCsrf();
    const body = request.body as Record<string, unknown> | null | undefined;
    const field = body && typeof body === 'object' ? body['_csrf'] : undefined;
    if (body && typeof body === 'object') delete body['_csrf'];
    const caller = callerOf(request);
    // JSON cannot be sent from a foreign page without being asked for first, so signing in by a program needs no token.
    if (!caller && isJson(request)) return;
    const secret = caller?.csrfSecret ?? request.cookies[FORM_COOKIE];
    const token = typeof field === 'string' ? field : request.headers['x-csrf-token'];
    if (!secret || typeof token !== 'string' || !this.tokens.verify(secret, token)) throw badCsrf();
  }

  get secure(): boolean {
    return this.config.publicUrl?.startsWith('https:') ?? false;
  }

  private isOurs(origin: string, request: FastifyRequest): boolean {
    if (this.config.publicUrl && origin === new URL(this.config.publicUrl).origin) return true;
    return URL.canParse(origin) && new URL(origin).host === request.headers.host;
  }
}

function isJson(request: FastifyRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/json');
}

function badCsrf(): DomainError {
  return new DomainError('forbidden', 'bad-csrf', {
    vi: 'Trang đã mở quá lâu hoặc yêu cầu đến từ nơi khác. Xin tải lại trang rồi làm lại.',
    en: 'The form is too old or came from elsewhere. Reload the page and try again.',
  });
}
