import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';
import { DomainError } from '../../shared/domain-error.js';
import { PageVisit, type VisitTools } from './page-visit.js';

const pages = join(import.meta.dirname, '..');

/** Files that may import Fastify: the visit itself, the renderer, and code that runs before or without a handler. */
const MEET_FASTIFY = [
  'assets/serve-assets.ts',
  'error/loa-error-page.ts',
  'language/language.ts',
  'views.ts',
  'visit/page-renderer.ts',
  'visit/page-visit.ts',
  'visit/theme.ts',
  'visit/visit.decorator.ts',
];

/** Answers a request with a `PageVisit` handler. */
async function answered(handler: (visit: PageVisit) => Promise<void>, headers: Record<string, string> = {}) {
  const server = fastify();
  server.get('/', async (request, reply) => {
    await handler(new PageVisit(request, reply, {} as VisitTools));
    return reply;
  });
  const answer = await server.inject({ url: '/', headers });
  await server.close();
  return answer;
}

const refused = new DomainError('conflict', 'newer', { vi: 'Có bản mới hơn.', en: 'There is a newer one.' });

describe('a visit', () => {
  it('is all that the handlers and their screens know of a request', () => {
    const files = readdirSync(pages, { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
    const meeting = sources.filter((file) =>
      /from 'fastify'|@(Req|Res|Me)\(/.test(readFileSync(join(pages, file), 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(100);
    expect(meeting.filter((file) => !MEET_FASTIFY.includes(file))).toEqual([]);
  });

  it('leads to a page with 303 and says there what was done', async () => {
    const plain = await answered((visit) => visit.redirect('/bai/1'));
    expect([plain.statusCode, plain.headers.location]).toEqual([303, '/bai/1']);
    const done = await answered((visit) => visit.redirect('/bai/1', 'da-luu'));
    expect(done.headers.location).toBe('/bai/1?xong=da-luu');
    const asked = await answered((visit) => visit.redirect('/lich/a?tuan=2026-11-30', 'da-huy'));
    expect(asked.headers.location).toBe('/lich/a?tuan=2026-11-30&xong=da-huy');
  });

  it('leads the window of a script by a header', async () => {
    const answer = await answered((visit) => visit.redirectByScript('/bai-dang/1', 'da-luu'));
    expect([answer.statusCode, answer.headers['hx-redirect'], answer.body]).toEqual([
      200,
      '/bai-dang/1?xong=da-luu',
      '',
    ]);
  });

  it('knows whether a script asks', async () => {
    const asks = async (headers: Record<string, string>) => {
      let wants: boolean | undefined;
      await answered(async (visit) => {
        wants = visit.wantsFragment;
        await visit.redirect('/');
      }, headers);
      return wants;
    };
    expect([await asks({}), await asks({ 'hx-request': 'true' })]).toEqual([false, true]);
  });

  it('has no actor and no session before anybody has signed in', async () => {
    const answer = await answered(async (visit) => {
      expect(visit.visitor).toBeNull();
      expect(() => visit.actor).toThrow(DomainError);
      expect(() => visit.sessionId).toThrow(DomainError);
      await visit.redirect('/dang-nhap');
    });
    expect(answer.statusCode).toBe(303);
  });

  it('goes on after a form was done, and shows the form again after it was refused', async () => {
    const told: DomainError[] = [];
    const formError = async (visit: PageVisit, problem: DomainError) => {
      told.push(problem);
      await visit.redirect('/again');
    };
    const submit = (work: () => Promise<void>) =>
      answered((visit) => visit.submit('/bai/1', 'da-luu', work, (problem) => formError(visit, problem)));
    expect((await submit(() => Promise.resolve())).headers.location).toBe('/bai/1?xong=da-luu');
    expect(told).toEqual([]);
    expect((await submit(() => Promise.reject(refused))).headers.location).toBe('/again');
    expect(told).toEqual([refused]);
  });

  it.each([
    ['a fault', new Error('broken')],
    ['a missing thing', new DomainError('not-found', 'not-found', { vi: 'Không có.', en: 'Missing.' })],
  ])('leaves to the filter what no form can help with: %s', async (_name, error) => {
    const formError = (visit: PageVisit) => visit.redirect('/again');
    const answer = await answered((visit) =>
      visit.submit(
        '/bai/1',
        'da-luu',
        () => Promise.reject(error),
        () => formError(visit),
      ),
    );
    expect(answer.statusCode).toBe(500);
  });
});
