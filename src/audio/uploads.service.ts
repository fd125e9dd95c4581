import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { hashOf, newId } from '../shared/ids.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Actor } from '../people/actor.js';
import { holdVersion } from '../scripts/hold-version.js';
import { ClipOrders } from './clip-orders.service.js';
import { understandably } from './media-store.js';
import { cutOff, notSound, RECORDING_MOST_BYTES, recordingTooLarge } from './recording-refusals.js';
import { soundFormatOf } from './sound-format.js';
import { StudioService } from './studio.service.js';
import { UPLOADED, UploadShelf } from './upload-shelf.js';

/** Enough to know the kind of a file by. */
const HEAD = 4_096;

/** Recordings of people: files that were brought along, and what the browser recorded. */
@Injectable()
export class Uploads {
  private readonly shelf: UploadShelf;

  constructor(
    config: Config,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly studio: StudioService,
    private readonly orders: ClipOrders,
  ) {
    this.shelf = new UploadShelf(config.mediaDir);
  }

  /**
   * Takes a recording for a version, and answers the ids of the clips that will be made of it, one for each profile that its
   * channels need, and with `web` one for websites. Its name is not looked at, its first bytes are, and it is heard through once. The same recording again is the
   * same clips. Throws 404, `no-sound`, `not-sound`, `is-video`, `too-long`, `too-short`, `silent-recording` (422),
   * `recording-too-large` (413), `version-superseded` (409), `uploads-refused`, `ffmpeg-timeout`, `media-full`,
   * `media-read-only` (503).
   */
  async receive(actor: Actor, versionId: string, sound: Readable, web = false): Promise<string[]> {
    const { version, script, profiles } = await this.orders.forVersion(versionId, web);
    if (version.state === 'superseded') throw superseded();
    await this.studio.requireUploads();
    const workDir = await this.studio.store.workDir();
    try {
      return await understandably(this.studio.store.folder, async () => {
        const file = join(workDir, 'upload');
        const hash = await take(sound, file);
        await this.studio.inspect({ file, workDir });
        const orders = profiles.map((profile) => {
          const inputsHash = hashOf({ upload: hash, profile });
          const id = newId(this.clock.now());
          return { versionId, script, profile, spoken: '', inputsHash, engine: UPLOADED, id };
        });
        return this.database.write(async (tx) => {
          await holdVersion(tx, versionId);
          const ids: string[] = [];
          for (const order of orders) {
            const { id, waits } = await this.orders.place(tx, actor, order);
            // Before the end of the transaction: when the job sees its clip, the recording is there.
            if (waits) await this.shelf.place(file, id);
            ids.push(id);
          }
          return ids;
        });
      });
    } finally {
      await rm(workDir, { recursive: true, force: true });
    }
  }
}

/** Streams to `file` and gives the hash. Stops at what is no sound, and at what is too much. */
async function take(sound: Readable, file: string): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > RECORDING_MOST_BYTES) return done(recordingTooLarge());
      const known = head.length >= HEAD;
      if (!known) head = Buffer.concat([head, chunk]).subarray(0, HEAD);
      if (!known && head.length >= HEAD && !soundFormatOf(head)) return done(notSound());
      done(null, chunk);
    },
  });
  await pipeline(sound, look, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
    throw error instanceof Error && /unexpected end of/i.test(error.message) ? cutOff(error) : error;
  });
  if (!soundFormatOf(head)) throw notSound();
  return hash.digest('hex');
}

function superseded(): DomainError {
  return new DomainError('conflict', 'version-superseded', {
    vi: 'Bài đã có phiên bản mới hơn. Xin tải bản thu lên cho phiên bản đó.',
    en: 'There is a newer version. Upload the recording for that one.',
  });
}
