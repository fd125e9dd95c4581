import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cleanText, requireStorable } from '../shared/clean-text.js';
import { DomainError, notFound } from '../shared/domain-error.js';
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

/** A password is what its owner types, seen or not. */
const secrets = new Set(['password', 'current', 'next', 'repeated']);

/** What is longer no route keeps: only a letter can be sent so long, and its reader refuses it by its length. */
const MOST_KEPT = 2 * 1024 * 1024;

/**
 * The same value with every text in it cleaned, in place. Without recursion: how deep a body is, its sender decides. A name of a field
 * with a sign in it that nobody sees is refused.
 */
export function cleanValues(value: unknown): unknown {
  const root: Record<string, unknown> = { '': value };
  const open: { holder: Record<string, unknown>; path: string }[] = [{ holder: root, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { holder, path } = next;
    for (const [key, held] of Object.entries(holder)) {
      const field = path === '' ? key : `${path}.${key}`;
      if (key !== '') requireCleanName(key);
      if (typeof held === 'string' && held.length <= MOST_KEPT) {
        if (secrets.has(key)) requireStorable(held, field);
        else holder[key] = cleanText(held, field || undefined);
      } else if (typeof held === 'object' && held !== null && !ArrayBuffer.isView(held)) {
        // Long paths of deep bodies would cost the square of the depth.
        open.push({ holder: held as Record<string, unknown>, path: field.length < 200 ? field : path });
      }
    }
  }
  return root[''];
}

function requireCleanName(name: string): void {
  if (cleanText(name) === name) return;
  throw new DomainError('malformed', 'malformed', {
    vi: 'Tên của một trường gửi lên có ký tự không nhìn thấy.',
    en: 'The name of a field holds an invisible sign.',
  });
}
