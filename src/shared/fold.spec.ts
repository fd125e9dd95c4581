import { finder } from './fold.js';

describe('searching a list', () => {
  it.each([
    ['ha tinh', 'Ủy ban nhân dân thành phố Hà Tĩnh'],
    ['ĐẠI NÀI', 'Phường Đại Nài'],
    ['dai  nai', 'Phường Đại Nài'],
    ['nai dai', 'Phường Đại Nài'],
    ['a\u0300', 'à'],
    ['', 'bất cứ gì'],
  ])('"%s" finds "%s"', (query, text) => {
    expect(finder(query)(text)).toBe(true);
  });

  it('every word must be there, in any of the texts', () => {
    const find = finder('bac ha 2026');
    expect([find('Phường Bắc Hà', '25/11/2026'), find('Phường Bắc Hà', null), finder(undefined)('x')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
