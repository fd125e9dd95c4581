import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { cleanText } from '../shared/clean-text.js';
import { DomainError } from '../shared/domain-error.js';
import { IMAGE_MOST_BYTES } from './post-images.service.js';

/** The picture of a multipart form and the field `alt`. Throws `no-file` (400); a little too much is let through to be named by the service. */
export async function imageForm(request: FastifyRequest): Promise<{ bytes: Buffer; alt: string }> {
  if (!request.isMultipart()) throw noFile();
  const limits = { files: 1, fields: 4, parts: 5, fieldSize: 2_000, fileSize: IMAGE_MOST_BYTES + 1 };
  // The typings of the parts do not know the second one.
  const options = { limits, throwFileSizeLimit: false };
  try {
    let alt = '';
    let bytes: Buffer | undefined;
    for await (const part of request.parts(options)) {
      if (part.type === 'file') bytes = await readAll(part.file);
      else if (part.fieldname === 'alt' && typeof part.value === 'string') alt = cleanText(part.value, 'alt');
    }
    if (bytes && bytes.length > 0) return { bytes, alt };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw noFile(cause);
  }
  throw noFile();
}

/** To its end, but no more than the limit, where the reader of the form cuts it. */
async function readAll(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function noFile(cause?: unknown): DomainError {
  const sentence = { vi: 'Chưa chọn ảnh nào.', en: 'No picture was sent.' };
  return new DomainError('malformed', 'no-file', sentence, {}, { cause });
}
