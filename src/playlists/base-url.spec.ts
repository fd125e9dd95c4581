import { baseUrl } from './base-url.js';

it.each([
  [{ publicUrl: 'https://loa.vn', host: '127.0.0.1', port: 3000 }, 'https://loa.vn'],
  [{ publicUrl: undefined, host: '127.0.0.1', port: 3000 }, 'http://127.0.0.1:3000'],
  [{ publicUrl: undefined, host: '0.0.0.0', port: 80 }, 'http://localhost:80'],
  [{ publicUrl: undefined, host: 'fd00::1', port: 3000 }, 'http://[fd00::1]:3000'],
])('%j is reached at %s', (config, expected) => {
  expect(baseUrl(config)).toBe(expected);
});
