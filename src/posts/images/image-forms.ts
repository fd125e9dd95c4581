import '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cleanText } from '../../shared/clean-text.js';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { announcedBytes, type Reception, Receptions } from '../../http/limits/receptions.js';
import { readRefusedBody } from '../../http/requests/refused-body.js';
import type { Actor } from '../../people/access/actor.js';
import { IMAGE_MAX_BYTES } from './post-images.service.js';

export interface ImageForm {
  readonly bytes: Buffer;
  readonly alt: string;
}

/** Receives the image of a multipart form, within the limits of all uploads (`Receptions`). */
@Injectable()
export class ImageForms {
  constructor(
    private readonly config: Config,
    private readonly receptions: Receptions,
  ) {}

  /**
   * Returns the image and the field `alt`. Accepts a little more than the limit, so that the service can refuse it with
   * a sentence. Throws `no-file` (400), `too-many-receptions` (429), `receptions-full`, `no-room` (503).
   */
  async receive(actor: Actor, request: FastifyRequest, reply: FastifyReply): Promise<ImageForm> {
    const asked = {
      accountId: actor.accountId ?? '',
      folder: this.config.dataDir,
      announcedBytes: announcedBytes(request),
    };
    try {
      return await this.receptions.run(asked, ({ take }) => read(request, take));
    } catch (error) {
      await readRefusedBody(request, reply);
      throw error;
    }
  }
}

async function read(request: FastifyRequest, take: Reception['take']): Promise<ImageForm> {
  if (!request.isMultipart()) throw noFile();
  const limits = { files: 1, fields: 4, parts: 5, fieldSize: 2_000, fileSize: IMAGE_MAX_BYTES + 1 };
  // The typings of the parts lack the second option.
  const options = { limits, throwFileSizeLimit: false };
  try {
    let alt = '';
    let bytes: Buffer | undefined;
    for await (const part of request.parts(options)) {
      if (part.type === 'file') bytes = await readAll(part.file, take);
      else if (part.fieldname === 'alt' && typeof part.value === 'string') alt = cleanText(part.value, 'alt');
    }
    if (bytes && bytes.length > 0) return { bytes, alt };
  } catch (cause) {
    throw cause instanceof DomainError ? cause : noFile(cause);
  }
  throw noFile();
}

/** Reads to the end, or to the limit, where the multipart parser cuts the file. */
async function readAll(file: AsyncIterable<Buffer>, take: Reception['take']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) {
    await take(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function noFile(cause?: unknown): DomainError {
  const sentence = { vi: 'Chưa chọn ảnh nào.', en: 'No picture was sent.' };
  return new DomainError('malformed', 'no-file', sentence, {}, { cause });
}
