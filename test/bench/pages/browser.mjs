import { Buffer } from 'node:buffer';
import { Agent, request } from 'node:http';
import { URLSearchParams } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/**
 * The parts of a browser that the bench needs: one kept connection, cookies, and a count of the bytes over the wire.
 */
export class Browser {
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #cookies = new Map();

  constructor(url) {
    this.url = url;
  }

  async get(path) {
    const answer = await this.#ask(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.headers.location ?? ''}`);
    return answer;
  }

  async signIn(username, password) {
    const token = /name="_csrf" value="([^"]+)"/.exec((await this.get('/dang-nhap')).text)?.[1] ?? '';
    const body = new URLSearchParams({ _csrf: token, username, password }).toString();
    const answer = await this.#ask('/dang-nhap', { method: 'POST', body });
    if (answer.status >= 400 || answer.status < 300) throw new Error(`sign-in: ${answer.status}`);
  }

  /**
   * KB of the page and of all that it references: a browser with an empty cache.
   */
  async weigh(page) {
    let bytes = page.wire;
    const seen = new Set();
    const assets = (text) => [...text.matchAll(/\/static\/[\w.-]+/g)].map(([path]) => path);
    const waiting = assets(page.text);
    while (waiting.length > 0) {
      const path = waiting.pop();
      if (seen.has(path)) continue;
      seen.add(path);
      const one = await this.get(path);
      bytes += one.wire;
      if (path.endsWith('.css')) waiting.push(...assets(one.text));
    }
    return bytes / 1024;
  }

  #ask(path, { method = 'GET', body } = {}) {
    const headers = {
      'accept-encoding': 'gzip, deflate, br',
      cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
    };
    if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: this.url });
    const begin = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, { method, headers, agent: this.#agent }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const ms = performance.now() - begin;
          const bytes = Buffer.concat(chunks);
          const head = answer.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
          for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            this.#cookies.set(name, value);
          }
          const { statusCode: status, headers: got } = answer;
          resolve({ status, headers: got, ms, wire: bytes.length + head, text: decoded(bytes, got) });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function decoded(bytes, headers) {
  const encoding = headers['content-encoding'];
  if (encoding === 'br') return brotliDecompressSync(bytes).toString('utf8');
  if (encoding === 'gzip') return gunzipSync(bytes).toString('utf8');
  return bytes.toString('utf8');
}
