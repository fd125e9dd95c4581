import { sha256 } from '../shared/ids.js';
import { hashOfBearer, newToken } from './station-token.js';

describe('a station token', () => {
  it('holds at least 32 random bytes and is kept only as a hash and four characters', () => {
    const { token, hash, hint } = newToken();
    expect(token).toMatch(/^loa_st_[A-Za-z0-9_-]{43,}$/);
    expect(Buffer.from(token.slice('loa_st_'.length), 'base64url').length).toBeGreaterThanOrEqual(32);
    expect(hash).toBe(sha256(token));
    expect(token.endsWith(hint)).toBe(true);
    expect(hint).toHaveLength(4);
  });

  it('is another one every time', () => {
    const tokens = Array.from({ length: 200 }, () => newToken().token);
    expect(new Set(tokens).size).toBe(200);
  });

  it('is found in the header, whatever the case of the scheme', () => {
    const { token, hash } = newToken();
    expect(hashOfBearer(`Bearer ${token}`)).toBe(hash);
    expect(hashOfBearer(`bearer ${token}`)).toBe(hash);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic bG9hOmxvYQ==',
    'Bearer loa_st_x',
    'Bearer some-other-token-of-some-length-0000',
  ])('%p is none', (header) => {
    expect(hashOfBearer(header)).toBeNull();
  });
});
