import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError, notFound } from '../shared/domain-error.js';
import { ACCESS, type Access, BEFORE_PASSWORD } from '../http/access.js';
import { Csrf } from './csrf.js';
import { RequestOrigins } from './request-origins.js';
import { setCaller, unauthenticated } from './request.js';
import { SessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.service.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The one door: finds out who calls, checks the CSRF token of unsafe requests, then whether the route is theirs. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly csrf: Csrf,
    private readonly origins: RequestOrigins,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (access?.kind === 'station') return true; // the station guard of stations/ decides; no cookie is read
    const sessionId = this.cookie.read(request);
    const found = sessionId ? await this.sessions.resolve(sessionId, this.origins.of(request)) : null;
    if (found && sessionId) setCaller(request, { ...found, sessionId });
    if (!access)
      throw new DomainError('forbidden', 'no-access-rule', {
        vi: 'Đường này đóng.',
        en: 'This route has no access rule.',
      });
    if (access.kind !== 'public' && !found) throw unauthenticated();
    if (!safeMethods.has(request.method)) this.csrf.check(request);
    const early = this.reflector.getAllAndOverride<boolean | undefined>(BEFORE_PASSWORD, [context.getHandler()]);
    if (access.kind !== 'public' && found?.actor.mustChangePassword && !early) throw passwordChangeNeeded();
    if (access.kind === 'roles' && found && !found.actor.grants.some((grant) => access.roles.includes(grant.role))) {
      // A screen of one thing is, for people whose work it is not, a screen that does not exist.
      if (isPageOfOneThing(request)) throw notFound();
      throw new DomainError('forbidden', 'forbidden', {
        vi: 'Bạn không có quyền làm việc này.',
        en: 'You may not do this.',
      });
    }
    return true;
  }
}

function passwordChangeNeeded(): DomainError {
  return new DomainError('forbidden', 'password-change-needed', {
    vi: 'Mật khẩu này do quản trị đặt. Xin đặt mật khẩu của riêng bạn trước (trang Bảo mật).',
    en: 'An administrator chose this password. Choose your own first (Security page).',
  });
}

function isPageOfOneThing(request: FastifyRequest): boolean {
  const path = request.routeOptions.url ?? '';
  return safeMethods.has(request.method) && path.includes('/:') && !path.startsWith('/api/');
}
