import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { notFound } from '../shared/domain-error.js';
import type { StoredFile } from '../audio/store/disk-media-store.js';
import { askedRange, matchesEtag } from '../http/requests/conditional.js';

/**
 * Sends a clip, or the requested range of it: 200, 206, 304 or 416; HEAD gets the same headers. The name of a clip is
 * the hash of its bytes, but a cache must revalidate, since the clip may have been withdrawn. 404 when the file is
 * missing.
 */
export async function sendClip(
  reply: FastifyReply,
  request: FastifyRequest,
  file: Pick<StoredFile, 'file' | 'sha256' | 'bytes'>,
): Promise<void> {
  const etag = `"${file.sha256}"`;
  reply.headers({
    etag,
    'cache-control': reply.getHeader('cache-control') ?? 'private, no-cache',
    'accept-ranges': 'bytes',
    'content-type': 'audio/mpeg',
  });
  if (matchesEtag(request.headers['if-none-match'], etag)) {
    await reply.code(304).send(request.method === 'HEAD' ? Readable.from([]) : undefined);
    return;
  }
  // A part is useful only to a client that has the rest of exactly these bytes.
  const ifRange = request.headers['if-range'];
  const rangeHeader = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = askedRange(rangeHeader, file.bytes);
  if (range.kind === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.bytes}`).header('cache-control', 'no-store');
    await reply.code(416).type('application/json; charset=utf-8').send({
      code: 'range-not-satisfiable',
      message: 'Phần được yêu cầu nằm ngoài tệp âm thanh.',
      messageEn: 'The range lies outside the file.',
    });
    return;
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: file.bytes };
  if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${file.bytes}`);
  reply.header('content-length', end - start);
  await reply.send(request.method === 'HEAD' ? Readable.from([]) : await bytesOf(file.file, start, end));
}

/** Opens the file before the answer begins, so that a missing file is a 404 and not a broken answer. */
async function bytesOf(path: string, start: number, end: number): Promise<Readable> {
  if (end === start) return Readable.from([]);
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw notFound();
    throw error;
  });
  return handle.createReadStream({ start, end: end - 1 });
}
