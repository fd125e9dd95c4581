import { Buffer } from 'node:buffer';
import { fork } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { round } from './median.mjs';

const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 1_000;

/**
 * Requests a second of a station's playlist of the day, whole and 304, by the real application; and, in the same
 * rounds, by a bare Fastify handler that returns the same bytes with the same headers. Both run in one child process
 * and are requested in turns over kept connections; medians of the rounds.
 */
export async function bench(say) {
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const env = { ...process.env, LOA_DATA_DIR: dir, LOA_MEDIA_DIR: join(dir, 'media'), LOA_DATABASE_URL: '' };
  const child = fork(fileURLToPath(new URL('./playlist.serving.mjs', import.meta.url)), { env, stdio: 'inherit' });
  try {
    const served = await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', () => reject(new Error('the server ended')));
    });
    return await compare(served, say);
  } finally {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function compare({ appPort, barePort, path, token, etag, bytes, items }, say) {
  say(`a playlist of ${items} items, ${bytes} bytes`);
  const headers = { authorization: `Bearer ${token}` };
  const held = { ...headers, 'if-none-match': etag };
  const kinds = {
    app200: { port: appPort, path, headers, status: 200 },
    bare200: { port: barePort, path, headers, status: 200 },
    app304: { port: appPort, path, headers: held, status: 304 },
    bare304: { port: barePort, path, headers: held, status: 304 },
  };
  const seen = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let n = 0; n <= ROUNDS; n++) {
    for (const [kind, target] of Object.entries(kinds)) {
      const rate = await requestsPerSecond(target, ROUND_MS);
      // The first round warms up.
      if (n > 0) seen[kind].push(rate);
    }
    say(`round ${n} of ${ROUNDS}`);
  }
  const rates = Object.fromEntries(Object.entries(seen).map(([kind, all]) => [kind, middle(all)]));
  return {
    items,
    bytes,
    app200PerSecond: Math.round(rates.app200),
    bare200PerSecond: Math.round(rates.bare200),
    bareTimesApp200: round(rates.bare200 / rates.app200),
    app304PerSecond: Math.round(rates.app304),
    bare304PerSecond: Math.round(rates.bare304),
    bareTimesApp304: round(rates.bare304 / rates.app304),
  };
}

async function requestsPerSecond(target, ms) {
  const lines = [`GET ${target.path} HTTP/1.1`, 'host: 127.0.0.1'];
  for (const [name, value] of Object.entries(target.headers)) lines.push(`${name}: ${value}`);
  const request = `${lines.join('\r\n')}\r\n\r\n`;
  const begin = performance.now();
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => askInTurn(target, request, begin + ms)));
  return counts.reduce((a, b) => a + b, 0) / ((performance.now() - begin) / 1000);
}

/** One connection, one request at a time; plain sockets, because a full HTTP client would be slower than the server. */
function askInTurn({ port, status }, request, end) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const expected = `HTTP/1.1 ${status} `;
    let count = 0;
    let got = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('connect', () => socket.write(request));
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server hung up')));
    socket.on('data', (chunk) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const length = lengthOf(got, status);
      if (length === undefined || got.length < length) return;
      if (got.length > length || got.toString('latin1', 0, expected.length) !== expected) {
        reject(new Error(`not what was asked for: ${got.toString('latin1', 0, 300)}`));
        socket.destroy();
        return;
      }
      got = Buffer.alloc(0);
      count++;
      if (performance.now() < end) {
        socket.write(request);
      } else {
        resolve(count);
        socket.destroy();
      }
    });
  });
}

/** Length of the whole answer; undefined until its head has arrived. A 304 is only a head. */
function lengthOf(answer, status) {
  const head = answer.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  if (status === 304) return head + 4;
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.toString('latin1', 0, head + 2));
  if (!length) throw new Error('an answer without a length');
  return head + 4 + Number(length[1]);
}

function middle(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
