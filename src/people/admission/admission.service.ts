import { Injectable, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { ACCESS, type Access, BEFORE_PASSWORD } from '../../http/requests/route-access.js';
import type { RouteHandler } from '../../http/requests/route-handlers.js';
import { RouteLimits } from '../../http/limits/route-limits.js';
import { DeviceAccess } from '../access/device-access.js';
import { Csrf } from '../sign-in/csrf.js';
import { RequestOrigins } from '../sign-in/request-origins.js';
import { setCaller, unauthenticated } from '../access/request.js';
import { SessionCookie } from '../sign-in/session-cookie.js';
import { Sessions } from '../sign-in/sessions.service.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A form up to this size is read although its sender is signed out by now, so that its content can be shown again. */
const MAX_FORM_BYTES = 64 * 1024;

/** Result of `admit`: null admits, an error is the answer once the form has been read. */
const decisions = new WeakMap<FastifyRequest, DomainError | null>();

/** For the guard behind the body. Throws for a refused request, and for one that never passed `admit`. */
export function requireAdmitted(request: FastifyRequest): void {
  const decision = decisions.get(request);
  if (decision === undefined) throw noAccessRule();
  if (decision) throw decision;
}

/**
 * Decides before a byte of the body is read: who calls, whether the route is allowed, whether the request comes from
 * our own pages, whether it exceeds a limit, and whether the route accepts a body of that size. Only the token inside a
 * form is left to the guard.
 */
@Injectable()
export class Admission {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly csrf: Csrf,
    private readonly origins: RequestOrigins,
    private readonly devices: DeviceAccess,
    private readonly limits: RouteLimits,
  ) {}

  /** Throws the error for the caller; a route without an access decorator is refused. */
  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.is404) throw new NotFoundException();
    const route = request.routeOptions.config.loa;
    // Static files and the API documentation; the guard refuses a controller without a route entry.
    if (!route) return;
    const access = this.accessOf(route);
    if (access?.kind === 'station') await this.devices.admit(request, reply);
    else await this.admitPerson(request, route, access);
    requireFitting(request);
    if (decisions.has(request)) return;
    this.limits.take(request);
    decisions.set(request, null);
  }

  isPublic(route: RouteHandler | undefined): boolean {
    return route !== undefined && this.accessOf(route)?.kind === 'public';
  }

  private accessOf({ handler, controller }: RouteHandler): Access | undefined {
    return this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
  }

  private async admitPerson(request: FastifyRequest, { handler }: RouteHandler, access: Access | undefined) {
    const sessionId = this.cookie.read(request);
    const found = sessionId ? await this.sessions.resolve(sessionId, this.origins.of(request)) : null;
    if (found && sessionId) setCaller(request, { ...found, sessionId });
    if (!access) throw noAccessRule();
    if (access.kind !== 'public' && !found) {
      if (sessionId === undefined || !isSmallForm(request)) throw unauthenticated();
      decisions.set(request, unauthenticated());
      return;
    }
    if (!safeMethods.has(request.method)) this.csrf.checkHeaders(request);
    const early = this.reflector.get<boolean | undefined>(BEFORE_PASSWORD, handler);
    if (access.kind !== 'public' && found?.actor.mustChangePassword && !early) throw passwordChangeNeeded();
    if (access.kind === 'roles' && found && !found.actor.grants.some((grant) => access.roles.includes(grant.role))) {
      // For people without the right role, the screen of a single entity does not exist.
      throw isPageOfOneThing(request) ? notFound() : forbidden();
    }
  }
}

/** The parts of an upload have limits of their own. */
function requireFitting({ headers, routeOptions }: FastifyRequest): void {
  if (headers['content-type']?.startsWith('multipart/')) return;
  if (Number(headers['content-length'] ?? 0) > (routeOptions.bodyLimit ?? Infinity))
    throw new PayloadTooLargeException();
}

function isSmallForm({ headers }: FastifyRequest): boolean {
  const length = Number(headers['content-length'] ?? Infinity);
  return length <= MAX_FORM_BYTES && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function noAccessRule(): DomainError {
  return new DomainError('forbidden', 'no-access-rule', {
    vi: 'Đường này đóng.',
    en: 'This route has no access rule.',
  });
}

function forbidden(): DomainError {
  return new DomainError('forbidden', 'forbidden', {
    vi: 'Bạn không có quyền làm việc này.',
    en: 'You may not do this.',
  });
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
