import { requireSeenRules, rulesVersion, seenRules } from './seen-rules.js';

describe('what a person has seen of rules', () => {
  const rules = { start: '05:30', weekdays: [1, 2] };

  it('is the same for the same rules and another for others', () => {
    expect(rulesVersion({ weekdays: [1, 2], start: '05:30' })).toBe(rulesVersion(rules));
    expect(rulesVersion({ ...rules, start: '05:31' })).not.toBe(rulesVersion(rules));
  });

  it.each([
    [undefined, undefined],
    ['*', undefined],
    ['"abc"', 'abc'],
    ['W/"abc"', 'abc'],
    ['abc', ''],
    ['"a", "b"', ''],
  ])('If-Match %p names %p', (header, seen) => expect(seenRules(header)).toBe(seen));

  it('lets through who saw them and who says nothing, and nobody else', () => {
    expect(() => requireSeenRules(undefined, rules)).not.toThrow();
    expect(() => requireSeenRules(rulesVersion(rules), rules)).not.toThrow();
    for (const seen of ['', 'older']) expect(() => requireSeenRules(seen, rules)).toThrow('Somebody has changed');
  });
});
