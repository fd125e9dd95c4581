import { BlockList, isIP } from 'node:net';

/** Where a request comes from, as far as it can be known. */
export interface RequestOrigin {
  /** For the audit and for lists of sessions. */
  address: string;
  /** What the address counts as; null when everybody would have it, as behind a proxy that we may not trust. */
  network: string | null;
  /** The hash of the cookie that a browser got at a sign-in; null when it has none. */
  device: string | null;
}

/** One household has one IPv4 address but 2^64 of IPv6: there the first half is what counts. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = (plain.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

const near = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  near.addSubnet(network, bits, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/** Of this machine or of an office's own network, as a proxy in front of Loa has. */
export function isNearOrigin(address: string): boolean {
  const plain = plainAddress(address).split('%', 1)[0] ?? '';
  const kind = isIP(plain);
  return kind !== 0 && near.check(plain, kind === 6 ? 'ipv6' : 'ipv4');
}

const forwarding = ['x-forwarded-for', 'x-real-ip', 'forwarded'] as const;

/**
 * Whether the address that we see is a proxy's, which all people share: one of the own network that says for whom it asks, or
 * that must be there because the public address is https, while LOA_TRUST_PROXY is off.
 */
export function isUntrustedProxy(
  peer: string,
  headers: Readonly<Record<string, unknown>>,
  settings: { trustProxy: boolean; publicUrl?: string },
): boolean {
  if (settings.trustProxy || !isNearOrigin(peer)) return false;
  return Boolean(settings.publicUrl?.startsWith('https:')) || forwarding.some((name) => headers[name] !== undefined);
}

function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
