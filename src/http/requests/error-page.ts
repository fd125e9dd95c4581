import type { FastifyRequest, FastifyReply } from 'fastify';
import type { ErrorBody } from './error-body.js';

/** Renders an error as a page; pages/ provides it. */
export abstract class ErrorPage {
  abstract render(status: number, error: ErrorBody, request: FastifyRequest, reply: FastifyReply): Promise<string>;
}
