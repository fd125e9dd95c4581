import 'reflect-metadata';
import { createServer, type RequestListener } from 'node:http';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppModule } from './app.module.js';
import { Config } from './config/config.js';
import { keepPrivate } from './config/private-files.js';
import { apiDocument, apiRoutes } from './http/api/api-document.js';
import { loadDocblocks } from './http/api/docblocks.js';
import { decideCaching } from './http/requests/caching.js';
import { cleanRequests } from './http/requests/clean-request.js';
import { ConnectionLimiter } from './http/limits/connection-limiter.js';
import { errorAnswer } from './http/requests/error-body.js';
import { ErrorFilter } from './http/error.filter.js';
import { fileLimit } from './http/limits/file-limit.js';
import { RegisteredRoutes } from './http/requests/registered-routes.js';
import { requestIdOf } from './http/requests/request-id.js';
import { RequestLog } from './http/metrics/request-log.js';
import { RequestsInFlight } from './http/limits/requests-in-flight.js';
import { nameHandlers } from './http/requests/route-handlers.js';
import { capacityFor, patience as usual, type Patience } from './http/limits/slow-clients.js';
import { answerBeforeBody } from './http/requests/unread-body.js';
import { validationPipe } from './http/requests/validation.pipe.js';
import { registerViews } from './pages/views.js';
import { Admission } from './people/admission/admission.service.js';
import { Idempotency } from './people/admission/idempotency.service.js';
import { networkOf } from './people/access/request-origin.js';
import { RequestOrigins } from './people/sign-in/request-origins.js';
import { QuietLogger } from './quiet-logger.js';
import { requireKnownVoices } from './speech/voices/voice-offers.js';
import { type Clock, SystemClock } from './shared/clock.js';

const LEVELS: LogLevel[] = ['error', 'warn', 'log', 'debug'];
/** Bodies are forms and scripts; audio uploads have a route and a limit of their own. */
const BODY_LIMIT = 2 * 1024 * 1024;
/**
 * Letters need a larger limit: a letter that is far too long must be refused with a sentence about letters, not about
 * bytes.
 */
const LETTER_LIMIT = 16 * 1024 * 1024;
/** Unauthenticated requests send a name and a password only. */
const PUBLIC_LIMIT = 16 * 1024;
/** How long requests in flight may take to end at a shutdown. */
const LAST_REQUESTS_MS = 10_000;
/** Longer than proxies keep an unused connection, so that the proxy closes it and not the server. */
const PROXY_IDLE_MS = 75_000;
/** For an answer that is not a page. */
const bareCsp = "default-src 'self';script-src 'self';object-src 'none';frame-ancestors 'none'";
const letterPaths = /^\/(api\/directives|cong-van)(\/|$)/;

export interface HttpOptions {
  patience?: Patience;
  /** Maximum number of open files of the process; default: the system's limit. */
  files?: number;
}

export function httpAdapter(config: Config, options: HttpOptions = {}): FastifyAdapter {
  // One proxy, our own: the address it saw is the last in X-Forwarded-For. The caller wrote the earlier ones.
  const trustProxy = config.trustProxy && ((_address: string, hop: number) => hop === 0);
  // Fastify answers a URL that its router cannot parse before any hook runs; its own answer would repeat the URL and
  // lack our headers.
  const frameworkErrors = (error: Error, _request: unknown, reply: FastifyReply) => {
    const { status, body, headers } = errorAnswer(error);
    void reply
      .status(status)

      .headers({
        ...headers,
        'content-security-policy': bareCsp,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(body);
  };
  const limiter = connectionLimiter(config, options);
  const adapter = new FastifyAdapter({
    trustProxy,
    bodyLimit: BODY_LIMIT,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
    frameworkErrors,
    serverFactory: (handler: RequestListener) => limiter.attach(createServer(handler)),
  });
  endGently(adapter, limiter);
  return adapter;
}

/**
 * Loa speaks no TLS: when the public address is https, every connection comes from a proxy, which keeps its own for a
 * minute.
 */
function connectionLimiter(config: Config, { patience = usual, files = fileLimit() }: HttpOptions): ConnectionLimiter {
  const oneProxy = config.trustProxy || (config.publicUrl?.startsWith('https:') ?? false);
  const idleMs = oneProxy ? Math.max(patience.idleMs, PROXY_IDLE_MS) : patience.idleMs;
  return new ConnectionLimiter({ ...patience, idleMs }, capacityFor(files, oneProxy), networkOf);
}

/**
 * When the server closes, requests in flight may end and each connection is closed as soon as it is idle; after the
 * time limit the rest is cut off.
 */
function endGently(adapter: FastifyAdapter, limiter: ConnectionLimiter): void {
  const instance = adapter.getInstance();
  instance.addHook('preClose', (done) => {
    const { server } = instance;
    const idle = setInterval(() => limiter.closeWaiting(), 50);
    const end = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
    server.once('close', () => {
      clearInterval(idle);
      clearTimeout(end);
    });
    // Fastify does not close a server that `serverFactory` made and that never listened.
    if (!server.listening) server.close();
    done();
  });
}

/**
 * The application, configured but not listening. Throws `bad-settings` for an unknown voice and `open-file` for a
 * secret file that every user of the machine can read. `quiet` keeps standard output free for the caller.
 */
export async function createApp(
  config: Config,
  options: { clock?: Clock; quiet?: boolean; http?: HttpOptions } = {},
): Promise<NestFastifyApplication> {
  requireKnownVoices(config);
  for (const note of await keepPrivate(config)) process.stderr.write(`Chú ý: ${note.vi}\nNote: ${note.en}\n`);
  const clock = options.clock ?? new SystemClock();
  const levels = options.quiet ? LEVELS.slice(0, 1) : LEVELS.slice(0, LEVELS.indexOf(config.logLevel) + 1);
  const stream = options.quiet ? process.stderr : process.stdout;
  const write = (line: string) => void stream.write(line);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, clock),
    httpAdapter(config, options.http),
    {
      logger: new QuietLogger({ levels, format: config.logFormat, clock, write }),
      abortOnError: false,
    },
  );
  await configureApp(app);
  return app;
}

/**
 * Stations connect in the same second. The system may accept fewer connections; a dropped SYN is sent again after one
 * second, then after three.
 */
const MAX_TO_ACCEPT = 4096;

export async function listenOn(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  await app.listen({ port, host, backlog: MAX_TO_ACCEPT });
}

/** Configures what a test's application needs as well as the real one. */
export async function configureApp(app: NestFastifyApplication): Promise<void> {
  app.enableShutdownHooks([], { useProcessExit: true });
  app.get(RequestLog).watch(app.getHttpAdapter().getInstance());
  await app.register(cookie);
  await app.register(multipart);
  nameHandlers(app);
  const routes = app.get(RegisteredRoutes);
  const admission = app.get(Admission);
  const idempotency = app.get(Idempotency);
  const origins = app.get(RequestOrigins);
  const inFlight = new RequestsInFlight();
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      routes.add(route.method, route.url, route.config?.loa);
      if (letterPaths.test(route.url)) route.bodyLimit = LETTER_LIMIT;
      if (admission.isPublic(route.config?.loa)) route.bodyLimit = PUBLIC_LIMIT;
    });
  const secure = app.get(Config).publicUrl?.startsWith('https:') ?? false;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        // The browser plays a recording (`blob:`) before it is uploaded.
        mediaSrc: ["'self'", 'blob:'],
        // The API documentation page uses inline styles; no script is ever inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
      },
    },
    // With no-referrer a browser would hide the Origin of our own forms.
    referrerPolicy: { policy: 'same-origin' },
    hsts: secure,
  });
  cleanRequests(app.getHttpAdapter().getInstance());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      const { network } = origins.of(request);
      if (network !== null) inFlight.enter(network, reply.raw);
    })
    // Runs after cookies are parsed and response headers are set: a request refused here is answered at once.
    .addHook('onRequest', (request, reply) => admission.admit(request, reply))
    .addHook('onSend', async (request, reply, payload) => {
      decideCaching(request, reply);
      await idempotency.keep(request, reply, payload);
      return answerBeforeBody(request, reply, payload);
    });
  await registerViews(app);
  app.useGlobalFilters(app.get(ErrorFilter));
  app.useGlobalPipes(validationPipe());
  const docblocks = await loadDocblocks();
  SwaggerModule.setup('api/docs', app, () => apiDocument(apiRoutes(routes.all, docblocks)), {
    customSiteTitle: 'Loa API',
  });
}
