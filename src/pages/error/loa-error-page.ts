import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { showHidden } from '../../shared/clean-text.js';
import type { ErrorBody } from '../../http/requests/error-body.js';
import { ErrorPage } from '../../http/requests/error-page.js';
import { runInLanguage, languageOf, inCurrentLanguage, translate } from '../language/language.js';
import { PageRenderer } from '../visit/page-renderer.js';

/** Titles by HTTP status; any other status has 'Chưa làm được'. */
export const errorTitles: Record<number, string> = {
  401: 'Cần đăng nhập lại',
  403: 'Không được phép',
  404: 'Không tìm thấy',
  429: 'Xin chờ một chút',
  500: 'Hệ thống gặp lỗi',
};

/**
 * A small page, under 2 KB beside the text that the reader typed, because unauthenticated clients may request it
 * without limit.
 */
@Injectable()
export class LoaErrorPage extends ErrorPage {
  constructor(private readonly renderer: PageRenderer) {
    super();
  }

  async render(status: number, error: ErrorBody, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    // A request that failed before its handler has no language yet.
    return runInLanguage(languageOf(request), async () => {
      const layout = this.renderer.layoutData(request, reply, translate(errorTitles[status] ?? 'Chưa làm được'));
      const message = inCurrentLanguage({ vi: error.message, en: error.messageEn });
      const view = { ...layout, message, requestId: error.requestId, kept: writtenIn(request.body) };
      return showHidden(await request.server.view('error/refusal.hbs', view));
    });
  }
}

/** The long text of a refused form, so that its author can copy it: pages are never in a browser's cache. */
export function writtenIn(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { text, comment } = body as Record<string, unknown>;
  return ([text, comment].find((one) => typeof one === 'string' && one.trim() !== '') as string | undefined) ?? '';
}
