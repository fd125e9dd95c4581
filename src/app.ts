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
/** Bodies are forms and scripts; uploads of sound have a door of their own. */
const BODY_LIMIT = 2 * 1024 * 1024;
/** Somebody who sends a whole book as a letter is told so in a sentence about letters, not about bytes. */
const LETTER_LIMIT = 16 * 1024 * 1024;
/** What strangers send is a name and a password. */
const PUBLIC_LIMIT = 16 * 1024;
/** How long requests that are in flight at a shutdown may take to end. */
const LAST_REQUESTS_MS = 10_000;
/** Longer than proxies keep a connection that they do not use, so that it is they who end it. */
const PROXY_IDLE_MS = 75_000;
/** For an answer of no page at all. */
const bareCsp = "default-src 'self';script-src 'self';object-src 'none';frame-ancestors 'none'";
const letterPaths = /^\/(api\/directives|cong-van)(\/|$)/;

export interface HttpOptions {
  patience?: Patience;
  /** How many files the process may have open; without it, as the system says. */
  files?: number;
}

export function httpAdapter(config: Config, options: HttpOptions = {}): FastifyAdapter {
  // One proxy, our own: the address it saw is the last in X-Forwarded-For. Those before it are what the caller wrote.
  const trustProxy = config.trustProxy && ((_address: string, hop: number) => hop === 0);
  // An address that the router cannot read is answered before any hook runs, and would be said back without our headers.
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

/** Loa speaks no TLS: where the public address is https, all connections are a proxy's, which keeps its own for a minute. */
function connectionLimiter(config: Config, { patience = usual, files = fileLimit() }: HttpOptions): ConnectionLimiter {
  const oneProxy = config.trustProxy || (config.publicUrl?.startsWith('https:') ?? false);
  const idleMs = oneProxy ? Math.max(patience.idleMs, PROXY_IDLE_MS) : patience.idleMs;
  return new ConnectionLimiter({ ...patience, idleMs }, capacityFor(files, oneProxy), networkOf);
}

/**
 * When the server closes, requests in flight end, each connection is closed as soon as it is idle, and what has not ended by
 * then is cut off.
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
    // Of a server of our own making Fastify closes none that never listened.
    if (!server.listening) server.close();
    done();
  });
}

/**
 * The application, configured but not listening. Throws `bad-settings` for a voice that nobody knows, `open-file` for a secret that
 * everybody could read. `quiet` keeps standard output for the caller.
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

/** Stations call in the same second; the system may keep fewer. What it does not keep is tried again after one second, then three. */
const MAX_TO_ACCEPT = 4096;

export async function listenOn(app: NestFastifyApplication, port: number, host: string): Promise<void> {
  await app.listen({ port, host, backlog: MAX_TO_ACCEPT });
}

/** Everything that a test's application needs as well as the real one. */
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
        // A recording is heard before it is sent.
        mediaSrc: ["'self'", 'blob:'],
        // The API documentation draws itself with inline styles; no script is ever inline.
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
    // After the cookies are read and the headers of every answer are set: what is refused here is answered at once.
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
