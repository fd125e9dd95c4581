import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { hashOf, newId } from '../../shared/ids.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { type Reception, Receptions } from '../../http/limits/receptions.js';
import type { Actor } from '../../people/access/actor.js';
import { holdVersion } from '../../scripts/hold-version.js';
import { ClipOrders } from './clip-orders.service.js';
import { translateDiskErrors } from '../store/disk-media-store.js';
import { cutOff, notSound, RECORDING_MAX_BYTES, recordingTooLarge } from '../recordings/recording-refusals.js';
import { soundFormatOf } from '../ffmpeg/sound-format.js';
import { ToolchainService } from '../render/toolchain.service.js';
import { UploadQuota } from './upload-quota.service.js';
import { UPLOADED, UploadStore } from '../store/upload-store.js';

/** A recording that is about to be received. */
export interface IncomingRecording {
  /** Size of the whole request, when the sender states it. */
  readonly announcedBytes?: number;
  /** Starts reading it. */
  open(): Promise<Readable>;
}

/** Bytes that are enough to recognise the kind of a file. */
const HEAD = 4_096;

/** Recordings by people: uploaded files, and recordings of the browser. */
@Injectable()
export class Uploads {
  private readonly store: UploadStore;

  constructor(
    config: Config,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly toolchain: ToolchainService,
    private readonly orders: ClipOrders,
    private readonly quota: UploadQuota,
    private readonly receptions: Receptions,
  ) {
    this.store = new UploadStore(config.mediaDir);
  }

  /**
   * Receives a recording for a version; returns the ids of the clips that will be made of it, one for each profile that
   * its channels need, and with `web` one for websites. The file name is ignored; the first bytes decide the format,
   * and the file is decoded once as a check. The same recording again gives the same clips. Throws 404, `no-sound`,
   * `not-sound`, `is-video`, `too-long`, `too-short`, `silent-recording` (422), `recording-too-large` (413),
   * `version-superseded`, `upload-quota` (409), `too-many-receptions` (429), `receptions-full`, `no-room`,
   * `uploads-refused`, `ffmpeg-timeout`, `media-full`, `media-read-only` (503).
   */
  async receive(actor: Actor, versionId: string, recording: IncomingRecording, web = false): Promise<string[]> {
    const asked = await this.orders.forVersion(versionId, web);
    const { version, urgent } = asked;
    if (version.state === 'superseded') throw superseded();
    await this.toolchain.requireUploads();
    const { accountId } = actor;
    const reception = {
      // Uploads without an account share the slots of one account.
      accountId: accountId ?? '',
      folder: this.toolchain.store.folder,
      urgent,
      announcedBytes: recording.announcedBytes,
      allowance: accountId ? await this.quota.left(this.database.read(), accountId, urgent) : undefined,
    };
    return this.receptions.run(reception, async (one) => this.keep(actor, asked, await recording.open(), one));
  }

  private async keep(
    actor: Actor,
    { version: { id: versionId }, script, profiles, urgent }: Awaited<ReturnType<ClipOrders['forVersion']>>,
    sound: Readable,
    reception: Reception,
  ): Promise<string[]> {
    const workDir = await this.toolchain.store.workDir();
    try {
      return await translateDiskErrors(this.toolchain.store.folder, async () => {
        const file = join(workDir, 'upload');
        const { hash, bytes } = await take(sound, file, reception);
        await this.toolchain.inspect({ file, workDir });
        const orders = profiles.map((profile) => {
          const inputsHash = hashOf({ upload: hash, profile });
          const id = newId(this.clock.now());
          return { versionId, script, profile, spoken: '', inputsHash, engine: UPLOADED, id };
        });
        return this.database.write(async (tx) => {
          await holdVersion(tx, versionId);
          const { accountId } = actor;
          const left = accountId ? await this.quota.left(tx, accountId, urgent) : undefined;
          if (left && bytes > left.bytes) throw left.refusal();
          const ids: string[] = [];
          for (const order of orders) {
            const upload = { uploadedBy: accountId, uploadBytes: ids.length === 0 ? bytes : 0 };
            const { id, waits } = await this.orders.place(tx, actor, { ...order, upload });
            // Before the end of the transaction: when the job sees its clip, the recording is there.
            if (waits) await this.store.place(file, id);
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

/** Streams to `file`. Stops when the content is not sound, or too large. */
async function take(sound: Readable, file: string, reception: Reception): Promise<{ hash: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > RECORDING_MAX_BYTES) return done(recordingTooLarge());
      const known = head.length >= HEAD;
      if (!known) head = Buffer.concat([head, chunk]).subarray(0, HEAD);
      if (!known && head.length >= HEAD && !soundFormatOf(head)) return done(notSound());
      reception.take(chunk.length).then(() => done(null, chunk), done);
    },
  });
  await pipeline(sound, look, createWriteStream(file, { mode: 0o600 })).catch((error: unknown) => {
    throw error instanceof Error && /unexpected end of/i.test(error.message) ? cutOff(error) : error;
  });
  if (!soundFormatOf(head)) throw notSound();
  return { hash: hash.digest('hex'), bytes };
}

function superseded(): DomainError {
  return new DomainError('conflict', 'version-superseded', {
    vi: 'Bài đã có phiên bản mới hơn. Xin tải bản thu lên cho phiên bản đó.',
    en: 'There is a newer version. Upload the recording for that one.',
  });
}
