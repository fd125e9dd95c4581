import { feedPart, publishOutcome } from './graph-answers.js';

const PAGE = '100';
const error = (code: number, more: object = {}) =>
  JSON.stringify({ error: { message: 'Nope', type: 'x', code, ...more } });

describe('the answer to "publish"', () => {
  const cases: [string, number, string | undefined, string][] = [
    ['an id', 200, '{"id":"100_7"}', 'published'],
    ['an id of another form', 200, '{"id":"abc"}', 'unknown'],
    ['no id', 200, '{"success":true}', 'unknown'],
    ['a page', 200, '<html>', 'unknown'],
    ['nothing', 200, '', 'unknown'],
    ['too much', 200, undefined, 'unknown'],
    ['an error with status 200', 200, error(190), 'unknown'],
    ['a redirect', 302, '', 'unknown'],
    ['a time-out on the way', 408, '', 'unknown'],
    ['a server error without a word', 500, '<html>', 'unknown'],
    ['a gateway error', 502, '', 'unknown'],
    ['unknown error', 500, error(1), 'unknown'],
    ['service unavailable', 503, error(2), 'unknown'],
    ['transient by its own word', 400, error(99, { is_transient: true }), 'unknown'],
    ['a rate limit of the app', 400, error(4), 'not-sent'],
    ['a rate limit of the user', 400, error(17), 'not-sent'],
    ['a rate limit of the page', 403, error(32), 'not-sent'],
    ['a rate limit of the call', 400, error(613), 'not-sent'],
    ['429 without a body', 429, '', 'not-sent'],
    ['a bad key', 400, error(190), 'page-closed'],
    ['a missing permission', 403, error(200), 'page-closed'],
    ['a block', 400, error(368), 'page-closed'],
    ['a duplicate', 400, error(506), 'refused'],
    ['any other error, also with status 500', 500, error(100), 'refused'],
    ['a plain 404', 404, 'no', 'refused'],
  ];
  it.each(cases)('%s', (_name, status, body, kind) => {
    expect(publishOutcome({ status, body }, PAGE).kind).toBe(kind);
  });

  it('holds nothing that a database would not keep: who cannot write down what happened asks again', () => {
    const body = JSON.stringify({ error: { message: 'No\0pe \ud800', type: 'x', code: 100 } });
    const outcome = publishOutcome({ status: 400, body }, PAGE);
    expect(outcome.kind).toBe('refused');
    expect(JSON.stringify(outcome)).not.toMatch(/u0000|ud800/);
  });

  it('gives a full id and a link that is Facebook’s', () => {
    const outcomeOf = (body: object) => publishOutcome({ status: 200, body: JSON.stringify(body) }, PAGE);
    const link = 'https://www.facebook.com/100/posts/7';
    expect(outcomeOf({ id: '100_7', permalink_url: link })).toEqual({
      kind: 'published',
      externalId: '100_7',
      permalink: link,
    });
    const own = { kind: 'published', externalId: '100_7', permalink: 'https://www.facebook.com/100_7' };
    expect(outcomeOf({ id: '7' })).toEqual(own);
    expect(outcomeOf({ id: '7', permalink_url: 'javascript:alert(1)' })).toEqual(own);
  });

  it('marks a duplicate, waits as long as asked, and quotes at most a line', () => {
    expect(publishOutcome({ status: 400, body: error(506) }, PAGE)).toMatchObject({ duplicate: true });
    expect(publishOutcome({ status: 429, body: '', retryAfterMs: 7000 }, PAGE)).toMatchObject({ retryAfterMs: 7000 });
    const long = publishOutcome({ status: 400, body: error(1000, { message: `a\n${'b'.repeat(5000)}` }) }, PAGE);
    expect(long.kind === 'refused' && long.reason.length).toBeLessThan(400);
  });
});

describe('the feed', () => {
  const read = (data: object[], more: object = {}) =>
    feedPart({ status: 200, body: JSON.stringify({ data, ...more }) }, PAGE);
  const one = { id: '100_1', message: 'a', created_time: '2026-11-24T01:00:00+0000', from: { id: PAGE } };

  it('is read with its times, without visitors', () => {
    const createdAt = Date.UTC(2026, 10, 24, 1);
    const permalink = 'https://www.facebook.com/100_1';
    const expected = {
      kind: 'entries',
      after: null,
      entries: [{ externalId: '100_1', message: 'a', createdAt, permalink }],
    };
    expect(read([one, { ...one, id: '100_2', from: { id: '42' } }])).toEqual(expected);
  });

  it('tells where it goes on, by its cursor or by the address of what follows, and that it has ended', () => {
    const next = 'https://graph.example/x?access_token=y&after=QVFI';
    expect(read([one], { paging: { next, cursors: { after: 'QVFH' } } })).toMatchObject({ after: 'QVFH' });
    expect(read([one], { paging: { next } })).toMatchObject({ after: 'QVFI' });
    // The last part has a cursor too; only `paging.next` says that there is more.
    expect(read([one], { paging: { cursors: { after: 'QVFH' } } })).toMatchObject({ after: null });
  });

  it('an entry without words is an entry', () => {
    expect(read([{ ...one, message: undefined }])).toMatchObject({ entries: [{ message: '' }] });
  });

  it('concludes nothing from what is not whole or not readable', () => {
    expect(read([one, one], { paging: { next: 'https://x.example' } }).kind).toBe('failed');
    expect(read([one], { paging: { next: `https://x.example?after=${'a'.repeat(501)}` } }).kind).toBe('failed');
    expect(read([{ ...one, created_time: 'hôm qua' }]).kind).toBe('failed');
    expect(read([{ ...one, id: 5 }]).kind).toBe('failed');
    for (const body of ['<html>', '{}', undefined, error(190)]) {
      expect(feedPart({ status: 200, body }, PAGE).kind).toBe('failed');
    }
    expect(feedPart({ status: 500, body: '{"data":[]}' }, PAGE).kind).toBe('failed');
  });
});
