import '@fastify/cookie';
import { Injectable } from '@nestjs/common';
import csrfTokens from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { DomainError } from '../../shared/domain-error.js';
import { newSecret } from '../../shared/ids.js';
import { callerOf } from '../access/request.js';

const FORM_COOKIE = 'loa-form';

/** Forms: the secret of the expected token, and whether a header already proved it. */
const forms = new WeakMap<FastifyRequest, { secret: string; proved: boolean; token?: string }>();

/**
 * Every unsafe request with a cookie must carry a token that only our own pages know. The token derives from the
 * session's secret, or, before signing in, from a secret in a separate cookie. An Origin header must match ours too;
 * our pages ask browsers to send it (Referrer-Policy in app.ts), so a hidden one ('null') comes from elsewhere.
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

  /**
   * Checks that run before the body is read: the Origin, and the token of a header. Only a form may send its token in
   * the body; `checkForm` checks that one. Throws `bad-csrf` (403).
   */
  checkHeaders(request: FastifyRequest): void {
    const { origin, 'x-csrf-token': token } = request.headers;
    if (origin !== undefined && !this.isOurs(origin, request)) throw badCsrf();
    const caller = callerOf(request);
    // A foreign page cannot send JSON without a CORS preflight, so a program that signs in needs no token.
    if (!caller && isOf(request, 'application/json')) return;
    const secret = caller?.csrfSecret ?? request.cookies[FORM_COOKIE];
    if (!secret) throw badCsrf();
    const isForm = isOf(request, 'application/x-www-form-urlencoded');
    if (isForm) forms.set(request, { secret, proved: token !== undefined });
    if (isForm && token === undefined) return;
    if (typeof token !== 'string' || !this.tokens.verify(secret, token)) throw badCsrf();
  }

  /**
   * The rest, after the body is read. Removes `_csrf` from it, so that strict schemas need not list it. Throws
   * `bad-csrf` (403).
   */
  checkForm(request: FastifyRequest): void {
    const body = request.body as Record<string, unknown> | null | undefined;
    const field = body && typeof body === 'object' ? body['_csrf'] : undefined;
    if (body && typeof body === 'object') delete body['_csrf'];
    const form = forms.get(request);
    if (!form || (form.proved && field === undefined)) return;
    if (typeof field !== 'string' || !this.tokens.verify(form.secret, field)) throw badCsrf();
    form.token = field;
  }

  /** The token from the body of a form. Each rendering of a page has a different one. */
  static formToken(request: FastifyRequest): string | undefined {
    return forms.get(request)?.token;
  }

  get secure(): boolean {
    return this.config.publicUrl?.startsWith('https:') ?? false;
  }

  private isOurs(origin: string, request: FastifyRequest): boolean {
    if (this.config.publicUrl && origin === new URL(this.config.publicUrl).origin) return true;
    return URL.canParse(origin) && new URL(origin).host === request.headers.host;
  }
}

function isOf(request: FastifyRequest, type: string): boolean {
  return (request.headers['content-type'] ?? '').startsWith(type);
}

function badCsrf(): DomainError {
  return new DomainError('forbidden', 'bad-csrf', {
    vi: 'Trang đã mở quá lâu hoặc yêu cầu đến từ nơi khác. Xin tải lại trang rồi làm lại.',
    en: 'The form is too old or came from elsewhere. Reload the page and try again.',
  });
}
