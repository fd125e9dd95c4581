import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ErrorBody } from '../http/error-body.js';
import { ErrorPage } from '../http/error.filter.js';

@Injectable()
export class PlainErrorPage extends ErrorPage {
  async render(status: number, error: ErrorBody, _request: FastifyRequest): Promise<string> {
    const text = error.message.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
    return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${status}</title><p>${text}</p></html>`;
  }
}
