import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestOrigins } from '../../people/sign-in/request-origins.js';
import { SessionCookie } from '../../people/sign-in/session-cookie.js';
import { PageRenderer } from './page-renderer.js';
import { PageVisit } from './page-visit.js';

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Creates the visit from the request and its reply. Nest instantiates one pipe per module with pages. */
@Injectable()
class VisitPipe implements PipeTransform<Exchange, PageVisit> {
  constructor(
    private readonly renderer: PageRenderer,
    private readonly cookie: SessionCookie,
    private readonly origins: RequestOrigins,
  ) {}

  transform({ request, reply }: Exchange): PageVisit {
    return new PageVisit(request, reply, { renderer: this.renderer, cookie: this.cookie, origins: this.origins });
  }
}

const exchange = createParamDecorator((_data: unknown, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  return { request: http.getRequest<FastifyRequest>(), reply: http.getResponse<FastifyReply>() };
});

/** The parameter decorator of page handlers: `@Visit() visit: PageVisit`. The visit sends the answer. */
export function Visit(): ParameterDecorator {
  return (target, name, index) => {
    // `Res()` keeps Nest from sending the handler's return value.
    Res()(target, name, index);
    // Of two decorators on one parameter the later one provides the value.
    exchange(VisitPipe)(target, name, index);
  };
}
