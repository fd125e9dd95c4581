import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { isUntrustedProxy } from './request-origin.js';

/** A name, an IPv4 or a bracketed IPv6 address, and a port: nothing that ends a line, a tag or a quotation. */
const host = /^(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;

/**
 * The address at which the sender of this request reaches Loa, without a slash at the end: LOA_PUBLIC_URL, else the host
 * that the request names. '' when it is not known: the host is no host, or a proxy that is not trusted names this
 * machine, which is another one for the person behind it. Addresses in an answer are then paths only.
 *
 * The host is the sender's own word. It may stand in the answer to him and nowhere else: never in what is stored, signed
 * or cached for others.
 */
export function requestAddress(
  request: Pick<FastifyRequest, 'host' | 'protocol' | 'headers' | 'socket'>,
  config: Pick<Config, 'publicUrl' | 'trustProxy'>,
): string {
  if (config.publicUrl) return config.publicUrl;
  if (!host.test(request.host)) return '';
  const peer = request.socket.remoteAddress ?? '';
  if (loopback.test(request.host) && isUntrustedProxy(peer, request.headers, config)) return '';
  return `${request.protocol === 'https' ? 'https' : 'http'}://${request.host.toLowerCase()}`;
}
