/** What a person keeps to go on later, or at another server of the same installation. */
export interface SignedIn {
  cookies: [name: string, value: string][];
  csrfToken?: string;
}

/** A person or a program as an HTTP client: keeps cookies, sends the CSRF token once it has one. */
export class Client {
  private readonly cookies: Map<string, string>;
  csrfToken?: string;

  constructor(
    readonly base: string,
    as?: SignedIn,
  ) {
    this.cookies = new Map(as?.cookies);
    this.csrfToken = as?.csrfToken;
  }

  get signedIn(): SignedIn {
    return { cookies: [...this.cookies], csrfToken: this.csrfToken };
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  private get cookieHeader(): string {
    return [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.base + path, {
      method,
      redirect: 'manual',
      headers: {
        // Compressing and decompressing every answer would cost a fifth of a journey; a test that wants it sets the
        // header.
        'accept-encoding': 'identity',
        ...(this.cookies.size ? { cookie: this.cookieHeader } : {}),
        ...(this.csrfToken && method !== 'GET' ? { 'x-csrf-token': this.csrfToken } : {}),
        ...(body !== undefined && !(body instanceof URLSearchParams) && !(body instanceof FormData)
          ? { 'content-type': 'application/json' }
          : {}),
        ...headers,
      },
      body:
        body === undefined
          ? undefined
          : body instanceof URLSearchParams || body instanceof FormData
            ? body
            : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(cookie)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    return { status: response.status, headers: response.headers, bytes, text: isPage ? withTidyTags(text) : text };
  }

  /** A body sent in pieces. Rejects when the connection breaks. */
  stream(path: string, body: ReadableStream<Uint8Array>, type: string): Promise<Response> {
    const headers = { cookie: this.cookieHeader, 'x-csrf-token': this.csrfToken ?? '', 'content-type': type };
    // The types of this Node's fetch lack the option that a stream needs.
    const options: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    return fetch(this.base + path, options);
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  async signIn(username: string, password: string): Promise<this> {
    const answer = await this.post('/api/session', { username, password });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
    this.csrfToken = json<{ csrfToken: string }>(answer).csrfToken;
    return this;
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Buffer;
  /** The text of a page with normalised tags: line breaks inside a template's tags have no meaning. */
  text: string;
}

/** One space between the attributes of a tag, and none before its end; values stay as they are. */
function withTidyTags(html: string): string {
  return html.replace(/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
    tag.replace(/("[^"]*"|'[^']*')|\s+(>$)?/g, (_, value?: string, end?: string) => value ?? end ?? ' '),
  );
}

export function json<T>(answer: Answer): T {
  return JSON.parse(answer.text) as T;
}
