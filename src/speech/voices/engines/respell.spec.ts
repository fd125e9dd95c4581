import { respelling, respellingOf } from './respell.js';

it('foreign words become syllables, the longer form first, and the rest stays as it is', () => {
  const { respell } = respellingOf('written\trespelled\napp\táp\napp store\táp sờ to\nzalo\tda lô');
  expect(respell('Tải Zalo trên App Store, hoặc app khác.')).toBe('Tải da lô trên áp sờ to, hoặc áp khác.');
  expect(respell('zaloapp, Apple')).toBe('zaloapp, Apple');
  expect(respell('')).toBe('');
});

it('the table of the house has syllables only, and a change of it is another edition', () => {
  const { respell, edition } = respelling();
  expect(respell('Nhóm Zalo của tổ, cài Bluezone.')).toBe('Nhóm da lô của tổ, cài bờ lu dôn.');
  expect(respell('Ủy ban nhân dân phường thông báo.')).toBe('Ủy ban nhân dân phường thông báo.');
  expect(edition).not.toBe(respellingOf('written\trespelled\nzalo\tda lô').edition);
});
