import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ageOf, COPY_HEADER, type CopyMark, markText, readMark, SEEN_HEADER, writeMark } from '../shared/copy-mark.js';
import { HouseCopy } from '../jobs/house-copy.service.js';
import { Activation } from '../people/system/activation.service.js';
import { PlaylistKey } from '../playlists/playlist-key.service.js';
import { verifyPlaylist } from '../playlists/formats/playlist-signature.js';

/**
 * Detects two running copies of one installation through the stations: each answer says which copy sends it, each
 * request names the newest copy that the station has heard of. A copy that hears of a newer one, or of a twin, becomes
 * passive.
 */
@Injectable()
export class CopyWatch {
  private signed?: { text: string; header: string };

  constructor(
    private readonly copy: HouseCopy,
    private readonly key: PlaylistKey,
    private readonly activation: Activation,
  ) {}

  /** Throws `house-passive` (503): the station continues with what it holds. */
  async meet(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const seen = readMark(request.headers[SEEN_HEADER]);
    if (seen) await this.hear(seen);
    this.copy.requireActive();
    reply.header(COPY_HEADER, this.header());
  }

  private async hear(seen: CopyMark): Promise<void> {
    if (!this.isRival(seen) || !verifyPlaylist(Buffer.from(markText(seen)), seen.signature, this.key.publicPem)) return;
    // Another server on this database may have started a moment ago.
    await this.copy.refresh();
    if (!this.isRival(seen)) return;
    await this.activation.stop(seen.generation > this.copy.state.generation ? 'superseded' : 'twin', seen.generation);
  }

  private isRival(seen: CopyMark): boolean {
    const age = ageOf(seen, this.own());
    return age === 'newer' || age === 'twin';
  }

  private header(): string {
    const own = this.own();
    const text = markText(own);
    if (this.signed?.text !== text) {
      this.signed = { text, header: writeMark({ ...own, signature: this.key.sign(Buffer.from(text)) }) };
    }
    return this.signed.header;
  }

  private own(): Omit<CopyMark, 'signature'> {
    const { id, generation, starts, startMark } = this.copy.state;
    return { house: id, generation, starts, mark: startMark };
  }
}
