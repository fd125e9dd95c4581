import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { FixedClock } from '../../shared/clock.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

const TOKEN = '0123456789abcdef';

/** 200, or the code of the refusal. */
async function asked(
  env: Record<string, string>,
  remoteAddress: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const controller = new MetricsController(new Config(env), new Metrics(new FixedClock(0)));
  const reply = { type: () => reply, header: () => reply, send: async () => undefined };
  const request = { socket: { remoteAddress }, headers } as unknown as FastifyRequest;
  try {
    await controller.read(request, reply as unknown as FastifyReply);
    return '200';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('who reads the numbers', () => {
  it.each([
    ['127.0.0.1', '200'],
    ['127.8.9.10', '200'],
    ['::1', '200'],
    ['::ffff:127.0.0.1', '200'],
    ['10.0.0.5', 'not-found'],
    ['192.168.1.1', 'not-found'],
    ['::ffff:10.0.0.5', 'not-found'],
    ['fe80::1%eth0', 'not-found'],
    ['2001:db8::1', 'not-found'],
    ['', 'not-found'],
  ])('without a token %s gets %s', async (address, answer) => {
    expect(await asked({}, address)).toBe(answer);
  });

  it.each([
    [{ LOA_TRUST_PROXY: 'true' }],
    // A proxy that sends no forwarding header; detected because Loa speaks no TLS.
    [{ LOA_PUBLIC_URL: 'https://loa.example.vn' }],
  ])('without a token nobody where a proxy stands in front: %j', async (env: Record<string, string>) => {
    expect(await asked(env, '127.0.0.1')).toBe('not-found');
  });

  it.each([
    [{}, 'bad-metrics-token'],
    [{ authorization: `Bearer ${TOKEN}` }, '200'],
    [{ authorization: `bearer ${TOKEN}` }, '200'],
    [{ authorization: `Bearer ${TOKEN}0` }, 'bad-metrics-token'],
    [{ authorization: TOKEN }, 'bad-metrics-token'],
  ])('where there is a token, it alone opens, also on this machine: %j', async (headers, answer) => {
    const env = { LOA_METRICS_TOKEN: TOKEN };
    expect(await asked(env, '127.0.0.1', headers as Record<string, string>)).toBe(answer);
    expect(await asked(env, '203.0.113.7', headers as Record<string, string>)).toBe(answer);
  });
});
