/** A network between a player and a centre: cut it, or let it corrupt the traffic. */
export class FaultyWire {
  /** No connection. */
  cut = false;
  /** This many of the next clips arrive with a wrong byte. */
  spoilClips = 0;
  /** This many of the next reports are refused with Retry-After of seven seconds. */
  busy = 0;
  /** The centre accepts this many of the next reports, and its answer is lost. */
  loseAnswers = 0;
  readonly asked: string[] = [];

  constructor(private readonly behind: typeof fetch) {}

  readonly fetch: typeof fetch = async (input, init) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname;
    if (this.cut) throw new TypeError('fetch failed');
    this.asked.push(path);
    if (path.endsWith('/as-run') && this.busy > 0) {
      this.busy--;
      return new Response('{"code":"database-busy"}', { status: 503, headers: { 'retry-after': '7' } });
    }
    const response = await this.behind(input, init);
    if (path.endsWith('/as-run') && this.loseAnswers > 0) {
      this.loseAnswers--;
      await response.body?.cancel();
      throw new TypeError('fetch failed');
    }
    if (path.includes('/clips/') && this.spoilClips > 0 && response.ok) {
      this.spoilClips--;
      const bytes = Buffer.from(await response.arrayBuffer());
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return new Response(bytes, { status: 200, headers: response.headers });
    }
    return response;
  };
}
