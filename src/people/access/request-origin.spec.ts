import { isNearOrigin, isUntrustedProxy, networkOf } from './request-origin.js';

describe('where a request comes from', () => {
  it('is one address of IPv4 and half an address of IPv6, however they are written', () => {
    const same = ['2001:db8:0:7::1', '2001:0db8:0000:0007:ffff::', '2001:DB8::7:1:2:3:4'];
    expect(same.map(networkOf)).toEqual(same.map(() => '2001:db8:0:7'));
    expect([networkOf('203.0.113.7'), networkOf('::ffff:203.0.113.7')]).toEqual(['203.0.113.7', '203.0.113.7']);
  });

  it('is near where a proxy of our own would be', () => {
    const near = [
      '127.0.0.1',
      '::1',
      '::ffff:10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      'fd00::1',
      'fe80::1%eth0',
      '100.64.0.1',
    ];
    expect(near.filter((address) => !isNearOrigin(address))).toEqual([]);
    const far = ['203.0.113.7', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', '', 'unix'];
    expect(far.filter(isNearOrigin)).toEqual([]);
  });

  it('is a proxy’s, which people share, where one of our network says so and is not trusted; a stranger’s word is none', () => {
    const forwarded = { 'x-forwarded-for': '198.51.100.1' };
    const off = { trustProxy: false };
    const [told, silent] = [isUntrustedProxy('::ffff:10.0.0.1', forwarded, off), isUntrustedProxy('10.0.0.1', {}, off)];
    expect([told, silent]).toEqual([true, false]);
    expect(isUntrustedProxy('127.0.0.1', {}, { ...off, publicUrl: 'https://loa.example.vn' })).toBe(true);
    expect(isUntrustedProxy('203.0.113.7', forwarded, { ...off, publicUrl: 'https://loa.example.vn' })).toBe(false);
    expect(isUntrustedProxy('127.0.0.1', forwarded, { trustProxy: true })).toBe(false);
  });
});
