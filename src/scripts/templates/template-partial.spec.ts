import { DomainError } from '../../shared/domain-error.js';
import { checkPartials, parsePartial } from './template-file.js';
import { partialsOf, templateProblemsOf, problemTexts } from './template-support.fake.js';

const front = (title: string) => `---
code: demo.website
name: Mẫu thử
kind: website
subject: general
purpose: Để thử.
title: ${title}
variables:
  placeName: { type: text, label: Địa bàn, required: true, example: phường Bắc Hà }
  note: { type: text, label: Ghi chú, required: false, example: Xin cảm ơn }
---
{{#if note}}{{note}}{{/if}}
`;
const file = (body: string, title = 'Thông báo {{placeName}}') => front(title) + body;

describe('A partial', () => {
  it('is checked with the variables of the template that includes it, and told by its own file and line', () => {
    const partials = partialsOf({ call: 'a\n{{stranger}}\n{{note}}' });
    expect(problemTexts(templateProblemsOf(file('{{placeName}}{{> call}}'), partials))).toEqual([
      'partials/call.hbs:2 unknown-variable',
      'partials/call.hbs:3 maybe-empty',
    ]);
    expect(problemTexts(templateProblemsOf(file('{{#if note}}{{> call}}{{/if}}'), partials))).toEqual([
      'partials/call.hbs:2 unknown-variable',
    ]);
  });

  it('counts as a use of the variables in it', () => {
    const source = file('{{> call}}', 'Thông báo');
    expect(templateProblemsOf(source, partialsOf({ call: '{{placeName}}' }))).toEqual([]);
    expect(problemTexts(templateProblemsOf(source, partialsOf({ call: 'a' })))).toEqual(['demo.hbs:9 unused-variable']);
  });

  const circles: [string, Record<string, string>, string[]][] = [
    ['itself', { a: 'x\n{{> a}}' }, ['partials/a.hbs:2 circular-partial']],
    ['itself by another', { a: '{{> b}}', b: '\n{{> a}}' }, ['partials/b.hbs:2 circular-partial']],
    ['itself inside an if', { a: '{{#if placeName}}{{> a}}{{/if}}' }, ['partials/a.hbs:1 circular-partial']],
    ['itself by two others', { a: '{{> b}}', b: '{{> c}}', c: '{{> a}}' }, ['partials/c.hbs:1 circular-partial']],
  ];
  it.each(circles)('may not include %s', (_, bodies, expected) => {
    expect(problemTexts(templateProblemsOf(file('{{> a}}'), partialsOf(bodies)))).toEqual(expected);
    expect(problemTexts(checkPartials(partialsOf(bodies)))).toEqual(expect.arrayContaining(expected));
  });

  it('may be included twice, but not so often that a text explodes', () => {
    expect(templateProblemsOf(file('{{> a}}{{> a}}'), partialsOf({ a: 'a' }))).toEqual([]);
    const doubling = Object.fromEntries(
      Array.from({ length: 11 }, (_, n) => [`p${n}`, n === 10 ? 'x'.repeat(60_000) : `{{> p${n + 1}}}{{> p${n + 1}}}`]),
    );
    expect(templateProblemsOf(file('{{> p0}}'), partialsOf(doubling)).map((p) => p.code)).toEqual(['too-large']);
  });

  it('is refused by its own faults even when no template includes it', () => {
    const partials = partialsOf({
      a: '{{{raw}}}',
      b: '{{#if',
      c: '{{> nowhere}}',
      d: '{{x.constructor}}',
      e: '{{fine}}',
    });
    expect(problemTexts(checkPartials(partials))).toEqual([
      'partials/a.hbs:1 raw',
      'partials/b.hbs:1 bad-handlebars',
      'partials/c.hbs:1 unknown-partial',
      'partials/d.hbs:1 dotted-path',
    ]);
  });

  it.each(['partials/Bad Name.hbs', 'partials/__proto__.hbs', 'x.txt', 'partials/.hbs'])(
    'cannot be named %s',
    (name) => {
      expect(() => parsePartial('a', name)).toThrow(DomainError);
    },
  );
});
