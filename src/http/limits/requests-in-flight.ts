import type { ServerResponse } from 'node:http';
import { tooMany } from '../../shared/domain-error.js';

/** An office of a hundred people behind one address stays below it. */
const MAX_AT_ONCE = 128;

/**
 * Limits the requests of one client that are answered at once, even when a proxy sends all of them over its own
 * connections.
 */
export class RequestsInFlight {
  private readonly counts = new Map<string, number>();

  constructor(private readonly most = MAX_AT_ONCE) {}

  /** Throws `too-many-at-once` (429). */
  enter(client: string, response: ServerResponse): void {
    const count = this.counts.get(client) ?? 0;
    if (count >= this.most) {
      throw tooMany('too-many-at-once', 1, {
        vi: 'Có quá nhiều yêu cầu cùng một lúc từ địa chỉ này. Xin thử lại sau ít giây.',
        en: 'Too many requests at once from this address. Try again in some seconds.',
      });
    }
    this.counts.set(client, count + 1);
    response.once('close', () => {
      const left = (this.counts.get(client) ?? 1) - 1;
      if (left > 0) this.counts.set(client, left);
      else this.counts.delete(client);
    });
  }
}
