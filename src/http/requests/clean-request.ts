import type { FastifyInstance, FastifyRequest } from 'fastify';
import { showHidden } from '../../shared/clean-text.js';
import { cleanValues } from '../../shared/clean-values.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { errorAnswer } from './error-body.js';

/**
 * Cleans whatever a request says, before any handler sees it, so that no route can forget to. A NUL in an address is 404,
 * in a cookie 400, at once; every text of the path, the query and the body is put in the form of `cleanText` or is 400 with
 * the field and the sign named. The texts of a multipart form, which its handler reads, are cleaned there.
 */
export function cleanRequests(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => done(refusal(nulIn(request))));
  server.addHook('preValidation', (request, _reply, done) => {
    try {
      request.params = cleanValues(request.params);
      request.query = cleanValues(request.query);
      request.body = cleanValues(request.body);
      done();
    } catch (error) {
      done(refusal(error));
    }
  });
  // What was kept before texts were cleaned is told with its signs written out; pages do the same where they are drawn.
  server.addHook('onSend', (_request, reply, payload, done) => {
    const json =
      typeof payload === 'string' && /^application\/(?:\w+\+)?json/.test(String(reply.getHeader('content-type')));
    done(null, json ? showHidden(payload) : payload);
  });
}

/** Files and the API's documentation are answered without our filter: there the status is the error's own. */
function refusal(error: unknown): Error | undefined {
  if (!(error instanceof DomainError)) return error as Error | undefined;
  return Object.assign(error, { statusCode: errorAnswer(error).status });
}

function nulIn({ raw, headers }: FastifyRequest): DomainError | undefined {
  // Nothing has such an address: it is answered like everything that is not there.
  if (nul.test(raw.url ?? '')) return notFound();
  if (!nul.test(headers.cookie ?? '')) return undefined;
  return new DomainError('malformed', 'malformed', { vi: 'Cookie không đúng dạng.', en: 'Malformed cookie.' });
}

const nul = /%00|\0/;
