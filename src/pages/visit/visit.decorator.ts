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

/** Makes the visit out of the request and its reply. Nest makes one pipe for each module that has pages. */
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

/** The one parameter of a page's handler beside its own fields: `@Visit() visit: PageVisit`. The visit sends the answer. */
export function Visit(): ParameterDecorator {
  return (target, name, index) => {
    // Nest sends what a handler returns, unless the handler takes the reply: this says that it does.
    Res()(target, name, index);
    // Of two decorators of one parameter the later gives the value.
    exchange(VisitPipe)(target, name, index);
  };
}
