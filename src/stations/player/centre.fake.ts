import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sha256 } from '../../shared/ids.js';
import type { StationPlaylist, StationPlaylistItem } from './local-playlist-store.js';
import type { ReportedLogState, PlayEvent } from './play-log.js';

/** A centre in memory that behaves like the real one: for specs of the player. */
export class FakeCentre {
  readonly publicKey: string;
  readonly playlists = new Map<string, StationPlaylist>();
  readonly clips = new Map<string, Buffer>();
  readonly received = new Map<number, PlayEvent>();
  /** Numbers that the centre will never accept. */
  readonly unwanted = new Set<number>();
  /** It acknowledges, and forgets at once. */
  keepsNothing = false;
  token = 'loa_st_fake';
  private readonly privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    this.privateKey = privateKey;
  }

  /** A clip of that content, as an item of a playlist. */
  item(slotId: string, startsAt: number, durationMs: number, content: string): StationPlaylistItem {
    const bytes = Buffer.from(content);
    const hash = sha256(bytes);
    this.clips.set(hash, bytes);
    const iso = (at: number) => new Date(at).toISOString();
    const times = { startsAt: iso(startsAt), endsAt: iso(startsAt + durationMs), durationMs };
    return { kind: 'clip', slotId, ...times, title: content, sha256: hash, bytes: bytes.length };
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (request.headers.get('authorization') !== `Bearer ${this.token}`) return no(401, 'bad-station-token');
    if (url.pathname === '/api/station/me' || url.pathname === '/api/station/heartbeat')
      return Response.json(this.logState());
    if (url.pathname === '/api/station/playlist') return this.playlist(request, url.searchParams.get('date') ?? '');
    if (url.pathname === '/api/station/as-run') return this.asRun((await request.json()) as { events: PlayEvent[] });
    const hash = /^\/api\/station\/clips\/([0-9a-f]{64})\.mp3$/.exec(url.pathname)?.[1] ?? '';
    const clip = this.clips.get(hash);
    return clip ? new Response(new Uint8Array(clip)) : no(404, 'not-found');
  };

  private playlist(request: Request, date: string): Response {
    const playlist = this.playlists.get(date);
    if (!playlist) return no(404, 'not-found');
    const body = Buffer.from(JSON.stringify(playlist));
    const etag = `"${sha256(body)}"`;
    if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304 });
    const signature = sign(null, body, this.privateKey).toString('base64');
    return new Response(body, { headers: { etag, 'x-loa-signature': signature } });
  }

  private asRun({ events }: { events: PlayEvent[] }): Response {
    const bad = events.find((event) => this.unwanted.has(event.sequence));
    if (bad) return no(422, 'unknown-slot', { sequence: bad.sequence });
    const fresh = events.filter((event) => !this.received.has(event.sequence));
    if (!this.keepsNothing) for (const event of fresh) this.received.set(event.sequence, event);
    return Response.json({
      accepted: fresh.length,
      duplicates: events.length - fresh.length,
      highest: this.logState().lastSequence,
      missing: this.logState().missing,
    });
  }

  private logState(): ReportedLogState {
    const lastSequence = Math.max(0, ...this.received.keys());
    const all = Array.from({ length: lastSequence }, (_, n) => n + 1);
    return {
      lastSequence,
      missing: all.filter((n) => !this.received.has(n)).map((n) => ({ from: n, to: n })),
    };
  }
}

function no(status: number, code: string, details: object = {}): Response {
  return Response.json({ code, details }, { status });
}
