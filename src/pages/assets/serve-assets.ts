import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Asset } from './assets.js';

const pack = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};
type Packing = keyof typeof pack;

/**
 * Serves assets with an immutable cache header. Each is compressed once, on the first request. An outdated hash gives
 * 404.
 */
export function serveAssets(server: FastifyInstance, assets: Iterable<Asset>): void {
  const byUrl = new Map([...assets].map((asset) => [asset.url, asset]));
  const packed = new Map<string, Promise<Buffer>>();
  server.get('/static/:file', { config: { immutable: true } }, async (request, reply) => {
    const asset = byUrl.get(request.url.split('?', 1)[0] ?? '');
    if (!asset) return reply.status(404).header('cache-control', 'no-store').send();
    reply.type(asset.type).header('cache-control', 'public, max-age=31536000, immutable');
    if (asset.url.endsWith('.woff2')) return reply.send(asset.bytes); // already squeezed
    reply.header('vary', 'accept-encoding');
    const how = acceptedEncoding(request.headers['accept-encoding'] ?? '');
    if (!how) return reply.send(asset.bytes);
    const key = `${how} ${asset.url}`;
    const work = packed.get(key) ?? pack[how](asset.bytes);
    packed.set(key, work);
    return reply.header('content-encoding', how).send(await work);
  });
}

/** The best compression that the `Accept-Encoding` header allows; `q=0` excludes one. */
export function acceptedEncoding(header: string): Packing | undefined {
  const offers = header
    .toLowerCase()
    .split(',')
    .map((one) => one.trim().split(/\s*;\s*/))
    .filter(([, ...rest]) => !rest.some((one) => /^q=0(\.0*)?$/.test(one)))
    .map(([name]) => name);
  return (['br', 'gzip'] as const).find((one) => offers.includes(one));
}
