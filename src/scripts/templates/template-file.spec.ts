import { parseTemplate } from './template-file.js';
import { partialsOf, templateProblemsOf, problemTexts } from './template-support.fake.js';

const front = [
  '---', // 1
  'code: demo.website',
  'name: Mẫu thử',
  'kind: website',
  'subject: general',
  'purpose: Để thử.',
  'title: Thông báo {{placeName}}', // 7
  'variables:',
  '  placeName: { type: text, label: Địa bàn, required: true, example: phường Bắc Hà }', // 9
  '  day: { type: date, label: Ngày, required: true, example: 2026-11-24 }',
  '  items: { type: list, label: Các việc, required: true, example: [Một, Hai] }',
  '  note: { type: text, label: Ghi chú, required: false, example: Xin cảm ơn }', // 12
  '---', // 13
];
const uses = '{{day}} {{join items}} {{#if note}}{{note}}{{/if}}'; // 14

function file(body: string, top: readonly string[] = front): string {
  return [...top, uses, body].join('\n');
}

describe('A template file', () => {
  it('gives its front matter and where its body starts', () => {
    const template = parseTemplate(file('Kính gửi {{placeName}}.'), 'demo.hbs');
    expect(template).toMatchObject({ code: 'demo.website', kind: 'website', subject: 'general', bodyLine: 14 });
    expect(template.variables.get('note')).toEqual({
      type: 'text',
      label: 'Ghi chú',
      required: false,
      example: 'Xin cảm ơn',
      maxLength: 300,
    });
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    const source = file('{{wrong}}');
    expect(problemTexts(templateProblemsOf('\ufeff' + source.replaceAll('\n', '\r\n')))).toEqual([
      'demo.hbs:15 unknown-variable',
    ]);
    expect(problemTexts(templateProblemsOf(source))).toEqual(['demo.hbs:15 unknown-variable']);
  });

  it('tells every problem at once, in both languages, with file and line', () => {
    const source = file('a {{one}}\n\nb {{{placeName}}}\n{{two}}');
    expect(problemTexts(templateProblemsOf(source))).toEqual([
      'demo.hbs:15 unknown-variable',
      'demo.hbs:17 raw',
      'demo.hbs:18 unknown-variable',
    ]);
    expect(() => parseTemplate(source, 'demo.hbs')).toThrow(/demo\.hbs:15: The variable "one" is not declared/);
  });

  const badFronts: [string, string[], string][] = [
    ['no front matter', ['Xin chào'], '1 no-front-matter'],
    ['an unclosed front matter', front.slice(0, -1), '1 no-front-matter'],
    ['an unknown key', front.toSpliced(3, 0, 'colour: red'), '4 unknown-key'],
    ['an unknown key of a variable', front.with(8, '  placeName: { typ: text }'), '9 unknown-key'],
    ['a key given twice', front.toSpliced(3, 0, 'name: Hai'), '4 bad-yaml'],
    ['an unclosed bracket', front.with(10, '  items: [a'), 'bad-yaml'],
    ['a YAML tag', front.with(2, 'name: !!js/function x'), '3 bad-yaml'],
    ['a YAML alias', front.with(2, 'name: &a Mẫu').with(5, 'purpose: *a'), '6 yaml-alias'],
    ['an alias bomb', front.with(2, 'name: &a [x]').with(5, 'purpose: [*a, *a]'), '6 yaml-alias'],
    ['deep nesting', front.with(2, `name: ${'['.repeat(20_000)}`), 'bad-yaml'],
    ['a kind that is not one', front.with(3, 'kind: radio'), '4 bad-value'],
    ['a subject that is not one', front.with(4, 'subject: other'), '5 bad-value'],
    ['a missing name', front.toSpliced(2, 1), 'bad-value'],
    ['an empty name', front.with(2, 'name:'), '3 bad-value'],
    [
      'a type that is not one',
      front.with(9, '  day: { type: day, label: N, required: true, example: a }'),
      '10 bad-value',
    ],
    [
      'a requirement that is neither yes nor no',
      front.with(9, '  day: { type: date, label: N, required: maybe, example: 2026-11-24 }'),
      '10 bad-value',
    ],
    [
      'an example of the wrong type',
      front.with(9, '  day: { type: date, label: N, required: true, example: 2026-02-30 }'),
      '10 bad-value',
    ],
    [
      'a default of the wrong type',
      front.with(9, '  day: { type: date, label: N, required: false, example: 2026-02-03, default: mai }'),
      '10 bad-value',
    ],
    [
      'a variable called constructor',
      front.with(8, '  constructor: { type: text, label: N, required: true, example: a }'),
      '9 bad-variable-name',
    ],
    [
      'a variable called as a helper',
      front.with(8, '  join: { type: text, label: N, required: true, example: a }'),
      '9 bad-variable-name',
    ],
    [
      'a variable with a dot',
      front.with(8, '  a.b: { type: text, label: N, required: true, example: a }'),
      '9 bad-variable-name',
    ],
    [
      'a variable called __proto__',
      front.with(8, '  __proto__: { type: text, label: N, required: true, example: a }'),
      '9',
    ],
    [
      'a variable nobody uses',
      front.toSpliced(8, 0, '  more: { type: text, label: N, required: true, example: a }'),
      '9 unused-variable',
    ],
    ['a fault in the title', front.with(6, 'title: "{{nothing}} {{placeName}}"'), '7 unknown-variable'],
  ];
  it.each(badFronts)('refuses %s and names the line', (_, top, expected) => {
    const found = problemTexts(templateProblemsOf(file('{{placeName}}', top)));
    expect(found.length).toBeGreaterThan(0);
    expect(found.some((text) => text.endsWith(expected) || text.startsWith(`demo.hbs:${expected}`))).toBe(true);
  });

  const badBodies: [string, string][] = [
    ['{{{placeName}}}', 'raw'],
    ['{{&placeName}}', 'raw'],
    ['{{~{placeName}~}}', 'raw'],
    ['{{#if placeName}}', 'bad-handlebars'],
    ['{{#if placeName}}{{/each}}', 'bad-handlebars'],
    ['{{/if}}', 'bad-handlebars'],
    ['{{placeName', 'bad-handlebars'],
    ['{{}}', 'bad-handlebars'],
    ['{{a/../b}}', 'bad-handlebars'],
    ['{{unknown}}', 'unknown-variable'],
    ['{{[unknown name]}}', 'unknown-variable'],
    ['{{constructor}}', 'forbidden-name'],
    ['{{[constructor]}}', 'forbidden-name'],
    ['{{__proto__}}', 'forbidden-name'],
    ['{{toString}}', 'forbidden-name'],
    ['{{hasOwnProperty}}', 'forbidden-name'],
    ['{{this.constructor}}', 'forbidden-name'],
    ['{{placeName.constructor}}', 'dotted-path'],
    ['{{placeName.length}}', 'dotted-path'],
    ['{{a.constructor.b}}', 'dotted-path'],
    ['{{placeName/constructor}}', 'dotted-path'],
    ['{{placeName.[constructor]}}', 'dotted-path'],
    ['{{"constructor"}}', 'not-allowed'],
    ['{{12}}', 'not-allowed'],
    ['{{true}}', 'not-allowed'],
    ['{{lookup this "constructor"}}', 'unknown-helper'],
    ['{{lookup placeName 0}}', 'unknown-helper'],
    ['{{log placeName}}', 'unknown-helper'],
    ['{{#with placeName}}a{{/with}}', 'unknown-helper'],
    ['{{#placeName}}a{{/placeName}}', 'unknown-helper'],
    ['{{^placeName}}a{{/placeName}}', 'unknown-helper'],
    ['{{shout placeName}}', 'unknown-helper'],
    ['{{placeName x=1}}', 'unknown-helper'],
    ['{{helperMissing}}', 'forbidden-name'],
    ['{{{{raw}}}} {{x}} {{{{/raw}}}}', 'unknown-helper'],
    ['{{date (lookup this "constructor")}}', 'not-allowed'],
    ['{{date}}', 'bad-arguments'],
    ['{{date day day}}', 'bad-arguments'],
    ['{{date placeName}}', 'bad-arguments'],
    ['{{join items placeName}}', 'bad-arguments'],
    ['{{join items x="b"}}', 'bad-arguments'],
    ['{{#if}}a{{/if}}', 'bad-arguments'],
    ['{{#if placeName day}}a{{/if}}', 'bad-arguments'],
    ['{{#if placeName includeZero=true}}a{{/if}}', 'bad-arguments'],
    ['{{#if (eq placeName day)}}a{{/if}}', 'not-allowed'],
    ['{{#if constructor}}a{{/if}}', 'forbidden-name'],
    ['{{#each placeName}}a{{/each}}', 'each-needs-list'],
    ['{{#each this}}a{{/each}}', 'not-allowed'],
    ['{{#each items}}{{#each ../items}}a{{/each}}{{/each}}', 'each-needs-list'],
    ['{{#each items as |item|}}{{item}}{{/each}}', 'not-allowed'],
    ['{{#each items}}{{placeName}}{{/each}}', 'wrong-depth'],
    ['{{#each items}}{{../../placeName}}{{/each}}', 'wrong-depth'],
    ['{{#each items}}{{this.length}}{{/each}}', 'unknown-variable'],
    ['{{#each items}}{{@index}}{{/each}}', 'loop-data'],
    ['{{#each items}}{{@key}}{{/each}}', 'not-allowed'],
    ['{{#each items}}{{@../index}}{{/each}}', 'not-allowed'],
    ['{{#each items}}{{#if this}}a{{/if}}{{/each}}', 'loop-data'],
    ['{{#each items}}{{> there}}{{/each}}', 'not-allowed'],
    ['{{../placeName}}', 'wrong-depth'],
    ['{{this}}', 'not-allowed'],
    ['{{@root}}', 'not-allowed'],
    ['{{@root.placeName}}', 'not-allowed'],
    ['{{items}}', 'bare-list'],
    ['{{note}}', 'maybe-empty'],
    ['{{capital note}}', 'maybe-empty'],
    ['{{#unless note}}{{note}}{{/unless}}', 'maybe-empty'],
    ['{{#if note}}a{{else}}{{note}}{{/if}}', 'maybe-empty'],
    ['{{* decorate}}', 'not-allowed'],
    ['{{#*inline "there"}}a{{/inline}}', 'not-allowed'],
    ['{{#> there}}a{{/there}}', 'not-allowed'],
    ['{{> (lookup this "there")}}', 'not-allowed'],
    ['{{> there placeName}}', 'not-allowed'],
    ['{{> there x=1}}', 'not-allowed'],
    ['{{> nowhere}}', 'unknown-partial'],
    ['{{> __proto__}}', 'unknown-partial'],
    ['{{> constructor}}', 'unknown-partial'],
    ['{{> @partial-block}}', 'unknown-partial'],
    ['{{#if day}}'.repeat(300) + '{{/if}}'.repeat(300), 'too-deep'],
    ['{{#each items}}' + '{{this}}'.repeat(500) + '{{/each}}', 'too-large'],
  ];
  it.each(badBodies)('refuses %j', (body, code) => {
    const problems = templateProblemsOf(file(`{{placeName}}\n${body}`), partialsOf({ there: 'ở đó' }));
    // An unclosed block is reported at the end of the file, which is the same line here.
    expect(problemTexts(problems)).toContain(`demo.hbs:16 ${code}`);
  });

  const huge: [string, string][] = [
    ['blocks never closed', '{{#if placeName}}'.repeat(3500)],
    ['blocks seemingly closed', '{{#if day}}{{!--{{/if}}--}}'.repeat(2300)],
    ['else ifs', `{{#if day}}${'{{else if day}}'.repeat(4000)}{{/if}}`],
    ['raw blocks', '{{{{a}}}}'.repeat(6500)],
    ['brackets', `{{date ${'('.repeat(60_000)}`],
    ['bracketed calls', `{{date ${'(date '.repeat(10_000)}`],
    ['arguments', `{{date ${'day '.repeat(15_000)}}}`],
    ['inverse blocks never closed', '{{^if placeName}}'.repeat(3500)],
    ['blocks side by side', '{{#if day}}{{/if}}'.repeat(3400)],
    ['tags', '{{day}}'.repeat(8900)],
    ['tags never closed', '{{day '.repeat(10_000)],
    ['braces', '{'.repeat(60_000)],
    ['comments never closed', '{{!--'.repeat(12_000)],
  ];
  it.each(huge)('answers quickly about sixty thousand characters of %s', (_, body) => {
    const started = performance.now();
    templateProblemsOf(file(`{{placeName}}${body}`));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  const goodBodies = [
    '{{! a comment }}{{placeName}}',
    '{{!-- {{anything}} --}}',
    '\\{{written out}}',
    '{{~placeName~}}',
    '{{./placeName}}',
    '{{#if note}}{{note}}{{else if day}}{{weekday day}}{{else}}a{{/if}}',
    '{{#unless note}}a{{else}}{{note}}{{/unless}}',
    '{{^if note}}a{{/if}}',
    '{{#each items}}{{ordinal @index}}: {{this}}{{#if @last}}.{{else}};{{/if}} {{../placeName}}{{/each}}',
    '{{#each items}}{{capital this}}{{else}}{{placeName}}{{/each}}',
    '{{date day}} {{dateWords day}} {{join items "hoặc"}} {{capital placeName}} {{hashtag placeName}}',
    '{{> there}}',
  ];
  it.each(goodBodies)('takes %j', (body) => {
    expect(templateProblemsOf(file(body), partialsOf({ there: 'ở đó, {{placeName}}' }))).toEqual([]);
  });
});
