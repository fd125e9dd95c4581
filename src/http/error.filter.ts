import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asStorageError } from '../database/disk/storage-fault.js';
import { errorAnswer } from './requests/error-body.js';
import { ReadyAnswer } from './requests/ready-answer.js';
import { routeOf } from './metrics/request-log.js';
import { ErrorPage } from './requests/error-page.js';

/** Answers every error: JSON for programs, a page for people, the cause to the log. */
@Injectable()
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  constructor(private readonly page: ErrorPage) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (thrown instanceof ReadyAnswer) {
      const { status, headers, body } = thrown.answer;
      await reply.status(status).headers(headers).send(body);
      return;
    }
    const error = asStorageError(thrown);
    const { status, body: plain, headers, expected } = errorAnswer(error, bodyLimitOf(request));
    const body = expected ? plain : { ...plain, requestId: request.id };
    if (!expected) {
      this.log.error(
        `${request.method} ${routeOf(request)} ${String(error)}`,
        error instanceof Error ? error.stack : '',
      );
    }
    if (reply.sent) return;
    reply.headers(headers);
    if (wantsPage(request)) {
      // A user who is not signed in is redirected to the sign-in page and from there back to the requested page.
      if (status === 401 && request.method === 'GET') {
        await reply.redirect(`/dang-nhap?tiep=${encodeURIComponent(request.url)}`, 302);
        return;
      }
      if (body.code === 'password-change-needed' && request.method === 'GET') {
        await reply.redirect('/bao-mat/mat-khau', 302);
        return;
      }
      const html = await this.page.render(status, body, request, reply);
      await reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
      return;
    }
    await reply.status(status).header('cache-control', 'no-store').send(body);
  }
}

function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}

/** Undefined for uploads, whose files and fields have limits of their own. */
function bodyLimitOf({ headers, routeOptions }: FastifyRequest): number | undefined {
  return headers['content-type']?.startsWith('multipart/') ? undefined : routeOptions.bodyLimit;
}
