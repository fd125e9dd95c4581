import type { FastifyRequest } from 'fastify';
import { requestAddress } from './request-address.js';

const asked = (
  host: string,
  options: { headers?: Record<string, string>; protocol?: string; trustProxy?: boolean; publicUrl?: string } = {},
) => {
  const { headers = {}, protocol = 'http', trustProxy = false, publicUrl } = options;
  const socket = { remoteAddress: '127.0.0.1' };
  return requestAddress({ host, protocol, headers, socket } as unknown as FastifyRequest, { trustProxy, publicUrl });
};

it.each(['192.168.1.20:3000', 'loa.tinh.vn', 'may-chu_1:8080', '[fd00::1]:3000', 'localhost:3000', '127.0.0.1:3000'])(
  'is reached at %s by the one who asked there',
  (host) => {
    expect(asked(host)).toBe(`http://${host}`);
    expect(asked(host, { publicUrl: 'https://loa.vn' })).toBe('https://loa.vn');
  },
);

it.each([
  '',
  'a b',
  'a"b',
  "a'b",
  '<b>',
  'a/b',
  'a@b',
  'a\nb',
  '-',
  'a:',
  'a:999999',
  'a#b',
  'a?b',
  '[::1',
  `${'a'.repeat(300)}`,
])('takes %j for no host', (host) => expect(asked(host)).toBe(''));

it('believes the scheme that a trusted proxy named, and no other than http and https', () => {
  expect(asked('loa.vn', { protocol: 'https', trustProxy: true })).toBe('https://loa.vn');
  expect(asked('loa.vn', { protocol: 'javascript', trustProxy: true })).toBe('http://loa.vn');
});

it('does not give out its own machine behind a proxy that is not trusted', () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  expect(asked('127.0.0.1:3000', { headers })).toBe('');
  expect(asked('loa.vn', { headers })).toBe('http://loa.vn');
});
