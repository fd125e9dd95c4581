import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface CopyFacts {
  bytes: number;
  sha256: string;
}

/** Copies and hashes a file, and waits until it is on the disk. Throws when `to` exists. */
export async function copyHashed(from: string, to: string): Promise<CopyFacts> {
  const { facts, pass } = hashing();
  await pipeline(createReadStream(from), pass, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  return facts();
}

export async function hashFile(path: string): Promise<CopyFacts> {
  const { facts, pass } = hashing();
  for await (const chunk of pass(createReadStream(path) as AsyncIterable<Buffer>)) void chunk;
  return facts();
}

function hashing() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    facts: (): CopyFacts => ({ bytes, sha256: hash.digest('hex') }),
    async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
  };
}
