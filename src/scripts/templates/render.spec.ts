import fc from 'fast-check';
import { DomainError } from '../../shared/domain-error.js';
import { render } from './render.js';
import type { Template } from './template.js';
import { parsePartial, parseTemplate } from './template-file.js';
import { missingVariables, type VariableProblem } from './variables.js';

const front = `---
code: demo.website
name: Mẫu thử
kind: website
subject: general
purpose: Để thử.
title: Họp ở {{place}}
variables:
  place: { type: text, label: Địa điểm, required: true, example: nhà văn hóa, maxLength: 5000 }
  day: { type: date, label: Ngày họp, required: false, example: 2026-11-24 }
  hour: { type: time, label: Giờ họp, required: false, example: "07:30" }
  count: { type: number, label: Số người, required: false, example: 1200 }
  items: { type: list, label: Nội dung, required: false, example: [A, B], maxLength: 50 }
  phone: { type: phone, label: Đường dây nóng, required: false, example: 0239 3855 555 }
  site: { type: url, label: Trang tin, required: false, example: https://hatinh.example.vn }
  sign: { type: text, label: Ký tên, required: false, example: Ban tổ chức, default: Ban tổ chức }
---
`;
const all =
  `{{place}}|{{#if day}}{{day}}, {{weekday day}}, {{dateWords day}}{{/if}}|{{#if hour}}{{hour}}, {{timeWords hour}}{{/if}}|
{{#if count}}{{count}} người{{/if}}|{{join items}}|{{#if phone}}{{phone}}{{/if}}|{{#if site}}{{site}}{{/if}}|{{sign}}
`.replace('{{join items}}', '{{#if items}}{{join items}}{{/if}}');

const template = (body: string): Template => parseTemplate(front + body, 'demo.hbs');
const everything = template(all);

function problemsOf(variables: unknown, of = everything): string[] {
  try {
    render(of, variables);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'bad-variables') {
      return (error.details['problems'] as VariableProblem[]).map((p) => `${p.name} ${p.code}`);
    }
    throw error;
  }
  return [];
}

describe('Rendering a template', () => {
  it('prints each type as Vietnamese papers do', () => {
    const { title, text } = render(everything, {
      place: 'nhà văn hóa',
      day: '2026-11-24',
      hour: '07:30',
      count: 1234567.5,
      items: ['A', 'B', 'C'],
      phone: '0239 3855 555',
      site: 'https://hatinh.example.vn/a?b=1&c=2',
    });
    expect(title).toBe('Họp ở nhà văn hóa');
    expect(text.split('|').map((part) => part.trim())).toEqual([
      'nhà văn hóa',
      '24/11/2026, thứ Ba, ngày 24 tháng 11 năm 2026',
      '07:30, 7 giờ 30 phút',
      '1.234.567,5 người',
      'A, B và C',
      '0239 3855 555',
      'https://hatinh.example.vn/a?b=1&c=2',
      'Ban tổ chức',
    ]);
  });

  it('leaves no hole, and takes defaults, when only the required values are given', () => {
    expect(render(everything, { place: 'đình làng', day: '', items: [], sign: '  ' }).text).toBe(
      'đình làng|||\n||||Ban tổ chức',
    );
  });

  it('numbers a list for the ear and knows the root inside it', () => {
    const listed = template(
      all +
        '{{#each items}}{{ordinal @index}}, {{this}} ở {{../place}}{{#if ../day}}{{#if ../hour}} ({{../sign}}){{/if}}{{/if}}{{#if @last}}.{{else}};{{/if}} {{/each}}',
    );
    const { text } = render(listed, {
      place: 'đình',
      items: 'quét dọn\n\n  khơi cống ',
      day: '2026-11-24',
      hour: '08:00',
    });
    expect(text).toContain('Thứ nhất, quét dọn ở đình (Ban tổ chức); Thứ hai, khơi cống ở đình (Ban tổ chức).');
  });

  it('shows markup and Handlebars in values as they are', () => {
    const place = '{{constructor}} {{{x}}} {{> a}} <b>A & B</b> "C"';
    expect(render(everything, { place }).text).toMatch(
      /^\{\{constructor\}\} \{\{\{x\}\}\} \{\{> a\}\} <b>A & B<\/b> "C"\|/,
    );
    expect(render(everything, { place: 'x', items: ['{{place}}', '$&'] }).text).toContain('|{{place}} và $&|');
  });

  it('evens white space and drops what cannot be seen', () => {
    const place = ' a\u0000\u202eb\u200b  c \r\n\r\n\r\n\t d\ufeff\ud800 ';
    expect(render(template(all.replace('{{place}}|', '{{place}} \n\n\n\n')), { place }).text).toMatch(
      /^ab c\n\nd\ufffd\n\n\|/,
    );
    // Title and text agree on Unicode: NFD in, NFC out.
    expect(render(everything, { place: 'Hà Tĩnh'.normalize('NFD') }).title).toBe('Họp ở Hà Tĩnh');
  });

  it('names what is missing with its Vietnamese label', () => {
    expect(() => render(everything, {})).toThrow(DomainError);
    expect(problemsOf({})).toEqual(['place missing']);
    expect(missingVariables(everything, { place: ' \n ' })).toEqual([{ name: 'place', label: 'Địa điểm' }]);
    try {
      render(everything, {});
    } catch (error) {
      expect((error as DomainError).sentence.vi).toBe('Chưa dựng được bài: thiếu "Địa điểm" (place).');
    }
  });

  const badValues: [string, unknown, string][] = [
    ['place', 5, 'not-text'],
    ['place', {}, 'not-text'],
    ['place', ['a'], 'not-text'],
    ['place', 'x'.repeat(5001), 'too-long'],
    ['day', '24/11/2026', 'not-a-date'],
    ['day', '2026-02-29', 'not-a-date'],
    ['day', 20261124, 'not-text'],
    ['hour', '24:00', 'not-a-time'],
    ['hour', '7h30', 'not-a-time'],
    ['count', 'nhiều', 'not-a-number'],
    ['count', '1.5', 'not-a-number'],
    ['count', '1,200.5', 'not-a-number'],
    ['count', Infinity, 'not-a-number'],
    ['count', NaN, 'not-a-number'],
    ['count', true, 'not-a-number'],
    ['count', 1e15, 'not-a-number'],
    ['items', { 0: 'a' }, 'not-a-list'],
    ['items', ['a', 5], 'not-a-list'],
    ['items', Array.from({ length: 51 }, () => 'a'), 'too-many-items'],
    ['items', ['x'.repeat(51)], 'too-long'],
    ['phone', '12', 'not-a-phone'],
    ['phone', 'gọi 0239 3855 555', 'not-a-phone'],
    ['phone', '0'.repeat(16), 'not-a-phone'],
    ['site', 'javascript:alert(1)', 'not-a-url'],
    ['site', 'hatinh.vn', 'not-a-url'],
    ['site', 'https://hatinh.gov.vn@example.com', 'not-a-url'],
    ['site', 'https://a b.vn', 'not-a-url'],
    ['constructor', 'a', 'unknown'],
    ['__proto__', 'a', 'unknown'],
    ['stranger', 'a', 'unknown'],
  ];
  it.each(badValues)('refuses %s: %j', (name, value, code) => {
    const variables = Object.fromEntries([
      ['place', 'x'],
      [name, value],
    ]);
    expect(problemsOf(variables)).toEqual([`${name} ${code}`]);
  });

  const goodValues: [string, unknown, string][] = [
    ['count', 0, '0 người'],
    ['count', '0', '0 người'],
    ['count', -1500, '-1.500 người'],
    ['count', '1.200', '1.200 người'],
    ['count', '1200000', '1.200.000 người'],
    ['count', '1,5', '1,5 người'],
    ['count', 123456789012345, '123.456.789.012.345 người'],
    ['phone', '115', '|115|'],
    ['phone', '+84 (239) 385-5555', '|+84 (239) 385-5555|'],
    ['hour', '17:00', '17:00, 17 giờ|'],
    ['day', '2026-11-29', '29/11/2026, Chủ nhật'],
    ['items', 'một mục', '|một mục|'],
    ['items', ['A', 'B'], '|A và B|'],
  ];
  it.each(goodValues)('prints %s: %j as %j', (name, value, expected) => {
    expect(render(everything, { place: 'x', [name]: value }).text).toContain(expected);
  });

  it('is bounded in length, and quick to say so', () => {
    const long = template(all + '{{#each items}}{{../place}}{{../place}}{{../place}}{{/each}}');
    const variables = { place: 'x'.repeat(5000), items: Array.from({ length: 50 }, () => 'a') };
    const started = performance.now();
    expect(() => render(long, variables)).toThrow(expect.objectContaining({ code: 'text-too-long' }));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(() => render(everything, { place: 'x'.repeat(500) })).toThrow(
      expect.objectContaining({ code: 'text-too-long' }),
    );
  });

  it('checks again what it did not parse itself', () => {
    const made: Template = { ...everything, body: '{{lookup this "constructor"}}' };
    expect(() => render(made, { place: 'x' })).toThrow(expect.objectContaining({ code: 'bad-template' }));
    const partials = new Map([['a', parsePartial('{{place.constructor}}', 'partials/a.hbs')]]);
    const including: Template = { ...everything, body: '{{> a}}' };
    expect(() => render(including, { place: 'x' }, partials)).toThrow(
      expect.objectContaining({ code: 'bad-template' }),
    );
  });

  it('fills partials with the values of the template', () => {
    const partials = new Map([['call', parsePartial('Đây là {{place}}.\n', 'partials/call.hbs')]]);
    const calling = parseTemplate(`${front}${all}\n  {{> call}}\nHết.`, 'demo.hbs', partials);
    expect(render(calling, { place: 'đài xã' }, partials).text).toMatch(/\nĐây là đài xã\.\nHết\.$/);
  });

  it('never throws anything but a DomainError, and never prints a value that is none', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.anything());
    const names = fc.constantFrom('place', 'day', 'hour', 'count', 'items', 'phone', 'site', 'sign', '__proto__', 'x');
    fc.assert(
      fc.property(fc.dictionary(names, anything), (variables) => {
        try {
          const { title, text } = render(everything, variables);
          expect(title).not.toMatch(/\n/);
          if (!/undefined|object/i.test(JSON.stringify(variables) ?? '')) {
            expect(title + text).not.toMatch(/\[object |undefined|null/);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('prints any text whole, once tidied', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.array(fc.string({ maxLength: 40 })),
        (place, items) => {
          fc.pre(
            /\S/u.test(place.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u206f\ufeff]/g, '')) && items.length <= 50,
          );
          const { text } = render(everything, { place, items });
          const [first] = place.normalize('NFC').trim();
          expect(text.startsWith(first!.normalize('NFC').replace(/\s/, ''))).toBe(true);
          expect(text).toBe(text.normalize('NFC'));
          expect(text).not.toMatch(/ {2}|\n{3}| \n|\n /);
        },
      ),
      { numRuns: 300 },
    );
  });
});
