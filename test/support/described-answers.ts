import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type ApiRoute, apiRoutes } from '../../src/http/api/api-document.js';
import { isFile } from '../../src/http/api/answers.js';
import { isAnywhere } from '../../src/http/api/common-errors.js';
import { errorSchema } from '../../src/http/api/schemas.js';
import { RegisteredRoutes } from '../../src/http/requests/registered-routes.js';

/**
 * Checks every answer of the API in every journey: one that differs from the description of its route, field by field,
 * is recorded, and so is an error whose code the route does not name. Schemas are compiled once by zod itself.
 */
export class AnswerWatch {
  private readonly found = new Set<string>();
  private readonly routes = new Map<object, ApiRoute>();

  private constructor(private readonly app: NestFastifyApplication) {}

  /** Call before the application listens. */
  static over(app: NestFastifyApplication): AnswerWatch {
    const watch = new AnswerWatch(app);
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onSend', async (request, reply, payload) => {
        const handler = request.routeOptions.config.loa?.handler;
        // An address with a NUL is no address of any route.
        if (!handler || request.method === 'HEAD' || request.url.includes('%00')) return payload;
        const { said, payload: again } = await read(reply, payload);
        const route = watch.routeOf(handler);
        if (route?.answers && said !== undefined) watch.check(route, reply, said);
        return again;
      });
    return watch;
  }

  /** Throws with every answer that its route does not describe. */
  requireAll(): void {
    if (this.found.size === 0) return;
    throw new Error(`answered otherwise than described (@Answers at the handler):\n${[...this.found].join('\n')}`);
  }

  private routeOf(handler: object): ApiRoute | undefined {
    if (this.routes.size === 0) {
      for (const route of apiRoutes(this.app.get(RegisteredRoutes).all, {})) this.routes.set(route.handler, route);
    }
    return this.routes.get(handler);
  }

  private check(route: ApiRoute, reply: FastifyReply, text: string): void {
    const { statusCode: status } = reply;
    // /health answers 503 in its own format.
    const described = route.answers?.bodies.some((one) => one.status === status);
    const refused = status >= 400 && !described;
    const problem = refused ? problemOfError(route, status, text) : problemOfAnswer(route, reply, text);
    if (problem !== undefined) this.found.add(`${route.method} ${route.path} ${status}: ${problem}`);
  }
}

const unpacking: Readonly<Record<string, ((bytes: Buffer) => Buffer) | undefined>> = {
  br: brotliDecompressSync,
  deflate: inflateSync,
  gzip: gunzipSync,
};

/**
 * The text of JSON, and undefined for everything else; a streamed or compressed body is collected, and sent on as
 * bytes.
 */
async function read(reply: FastifyReply, payload: unknown): Promise<{ said?: string; payload: unknown }> {
  const isJson = /^application\/json/.test(String(reply.getHeader('content-type')));
  if (payload === undefined || payload === null || payload === '') return { said: '', payload };
  if (!isJson) return { payload };
  if (typeof payload === 'string') return { said: payload, payload };
  // Compression adds streams of its own.
  const flows = Symbol.asyncIterator in Object(payload);
  const bytes = flows ? await buffer(payload as AsyncIterable<Buffer>) : (payload as Buffer);
  const unpack = unpacking[String(reply.getHeader('content-encoding'))];
  const said = (unpack ? unpack(bytes) : bytes).toString('utf8');
  return { said, payload: flows ? Readable.from([bytes]) : bytes };
}

function problemOfError(route: ApiRoute, status: number, text: string): string | undefined {
  const error = errorSchema.safeParse(parsed(text));
  if (!error.success) return z.prettifyError(error.error);
  const { code } = error.data;
  return isAnywhere(status, code) || route.errors.get(status)?.has(code) ? undefined : `does not name ${code}`;
}

function problemOfAnswer(route: ApiRoute, reply: FastifyReply, text: string): string | undefined {
  if (!route.answers || reply.statusCode === 304) return undefined;
  const body = route.answers.bodies.find(({ status = route.status }) => status === reply.statusCode);
  if (!body) return 'does not name this status';
  if (body.body === null) return text === '' ? undefined : 'says something';
  const schema = isFile(body.body) ? body.body.json : body.body;
  if (!schema) return undefined;
  const answer = schema.safeParse(parsed(text));
  return answer.success ? undefined : z.prettifyError(answer.error);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
