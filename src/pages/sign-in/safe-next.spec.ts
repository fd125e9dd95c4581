import fc from 'fast-check';
import { ownPath, safeNext } from './safe-next.js';

describe('where to go after signing in', () => {
  it('keeps a path of our own', () => {
    const kept = ['/duyet/123?x=1', '/bai-dang?tim=%C4%91', '/a%zz', '/tram#cuoi'];
    expect(kept.map(safeNext)).toEqual(kept);
  });

  it('is written in the letters of a header', () => expect(safeNext('/bai?tim=đợt')).toBe('/bai?tim=%C4%91%E1%BB%A3t'));

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/%2e%2e//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a\r\nset-cookie: x=1',
    'https://evil.example',
    'evil.example',
    '/a b',
    'javascript:alert(1)',
    '',
    '/dang-nhap',
    '/./dang-nhap',
    `/${'a'.repeat(501)}`,
    ['/duyet', '/lich'],
    { a: '/duyet' },
    undefined,
    null,
    3,
  ])('%j leads home', (asked) => expect(safeNext(asked)).toBe('/'));

  it('never leaves the house and never breaks a header, whatever is asked for', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '%2e',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\u0000',
      'đ',
      '\ud800',
      'evil.example',
    );
    const path = fc.oneof(
      fc.array(piece).map((pieces) => `/${pieces.join('')}`),
      fc.string({ unit: 'binary' }).map((text) => `/${text}`),
    );
    fc.assert(
      fc.property(path, (asked) => {
        const next = ownPath(asked);
        expect(next).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
        expect(new URL(next, 'https://loa.example').origin).toBe('https://loa.example');
      }),
    );
  });
});
