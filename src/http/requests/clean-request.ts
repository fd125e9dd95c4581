import type { FastifyInstance, FastifyRequest } from 'fastify';
import { showHidden } from '../../shared/clean-text.js';
import { cleanValues } from '../../shared/clean-values.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { errorAnswer } from './error-body.js';

/**
 * Cleans all texts of a request before any handler sees it, so that no route can forget to. A NUL in an address is 404,
 * in a cookie 400, at once. Every text of the path, the query and the body is put in the form of `cleanText` or refused
 * with 400, naming the field and the character. The texts of a multipart form are cleaned by the handler that reads it.
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
  // Texts stored before texts were cleaned are sent with invisible characters written out; pages do the same when
  // rendered.
  server.addHook('onSend', (_request, reply, payload, done) => {
    const json =
      typeof payload === 'string' && /^application\/(?:\w+\+)?json/.test(String(reply.getHeader('content-type')));
    done(null, json ? showHidden(payload) : payload);
  });
}

/** Files and the API documentation are answered without our filter: there the status is the error's own. */
function refusal(error: unknown): Error | undefined {
  if (!(error instanceof DomainError)) return error as Error | undefined;
  return Object.assign(error, { statusCode: errorAnswer(error).status });
}

function nulIn({ raw, headers }: FastifyRequest): DomainError | undefined {
  // No route has such an address: it is answered like everything that does not exist.
  if (nul.test(raw.url ?? '')) return notFound();
  if (!nul.test(headers.cookie ?? '')) return undefined;
  return new DomainError('malformed', 'malformed', { vi: 'Cookie không đúng dạng.', en: 'Malformed cookie.' });
}

const nul = /%00|\0/;
