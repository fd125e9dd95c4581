import { proxyAdvice } from './proxy-advice.js';

describe('whether a proxy seems to stand before Loa', () => {
  const said = (publicUrl: string | undefined, trustProxy = false, port = 3000) =>
    proxyAdvice({ trustProxy, publicUrl, port }) !== null;

  it('is told where the public address is https, or has another port than the one that Loa listens on', () => {
    expect(said('https://loa.example.vn')).toBe(true);
    expect(said('https://loa.example.vn:3000')).toBe(true);
    expect(said('http://loa.example.vn')).toBe(true);
    expect(said('http://loa.example.vn:3000')).toBe(false);
    expect(said('http://loa.example.vn', false, 80)).toBe(false);
    expect(said(undefined)).toBe(false);
  });

  it('is no matter where it is trusted', () => expect(said('https://loa.example.vn', true)).toBe(false));
});
