import type { Config } from '../config/config.js';

/**
 * The address of this server for others, without a trailing slash; a server that listens on all interfaces is addressed
 * on its own machine.
 */
export function baseUrl({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl) return publicUrl;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
