import { safeNext } from './safe-next.js';

describe('where to go after signing in', () => {
  it('keeps a path of our own', () => expect(safeNext('/duyet/123?x=1')).toBe('/duyet/123?x=1'));
  it('never leads to another site or back to the door', () => {
    const hostile = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/a b',
      'javascript:alert(1)',
      '',
      '/dang-nhap',
    ];
    expect(hostile.map(safeNext)).toEqual(hostile.map(() => '/'));
    expect(safeNext(undefined)).toBe('/');
  });
});
