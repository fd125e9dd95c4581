import { get as httpGet } from 'node:http';
import Fastify from 'fastify';
import { collectAssets, urlOf } from './assets.js';
import { acceptedEncoding, serveAssets } from './serve-assets.js';

const assets = collectAssets();

/** The response body as sent; `fetch` would decompress it. */
function raw(url: string, encoding: string) {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    httpGet(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(parts) }),
      );
    }).on('error', reject);
  });
}

describe('what pages load', () => {
  it('has an address that names its content', () => {
    for (const { url, name } of assets.values())
      expect([name, url]).toEqual([name, expect.stringMatching(/\.[0-9a-f]{12}\.\w+$/)]);
    expect([...assets.keys()]).toEqual(expect.arrayContaining(['loa.css', 'htmx.js', 'wavesurfer.js', 'icons.svg']));
    expect(() => urlOf(assets, 'jquery.js')).toThrow('no asset is called jquery.js');
  });

  it('a style names no other file but by its content', () => {
    const css = assets.get('loa.css')?.bytes.toString() ?? '';
    expect(css).toMatch(/url\('\/static\/be-vietnam-pro-vietnamese-400-normal\.[0-9a-f]{12}\.woff2'\)/);
    expect(css).not.toContain('asset:');
  });

  it('is kept for ever, squeezed as asked for; what is not there is missing', async () => {
    const server = Fastify();
    serveAssets(server, assets.values());
    const base = await server.listen({ port: 0, host: '127.0.0.1' });
    const url = urlOf(assets, 'htmx.js');
    const get = (path: string, encoding: string) => raw(base + path, encoding);
    const [br, gzip, plain] = [await get(url, 'gzip, br'), await get(url, 'gzip'), await get(url, 'identity')];
    expect([br, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined]);
    expect(br.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(br.bytes.length).toBeLessThan(gzip.bytes.length);
    expect(plain.bytes.equals(assets.get('htmx.js')?.bytes ?? Buffer.alloc(0))).toBe(true);
    const old = await get(url.replace(/[0-9a-f]{12}/, '0'.repeat(12)), 'br');
    expect([old.status, old.headers['cache-control']]).toEqual([404, 'no-store']);
    await server.close();
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['', undefined],
    ['identity', undefined],
  ])('"%s" is answered in %s', (header, packing) => expect(acceptedEncoding(header)).toBe(packing));
});
