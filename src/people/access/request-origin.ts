import { BlockList, isIP } from 'node:net';

/** The origin of a request, as far as it is known. */
export interface RequestOrigin {
  /** For the audit and for lists of sessions. */
  address: string;
  /** The network that counts for throttling; null when everybody would share it, as behind an untrusted proxy. */
  network: string | null;
  /** The hash of the cookie that the browser got at a sign-in; null when it has none. */
  device: string | null;
}

/** One household has one IPv4 address but 2^64 IPv6 addresses: of IPv6 only the first half counts. */
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

/** An address of this machine or of the office's own network, like that of a proxy in front of Loa. */
export function isNearOrigin(address: string): boolean {
  const plain = plainAddress(address).split('%', 1)[0] ?? '';
  const kind = isIP(plain);
  return kind !== 0 && near.check(plain, kind === 6 ? 'ipv6' : 'ipv4');
}

const forwarding = ['x-forwarded-for', 'x-real-ip', 'forwarded'] as const;

/**
 * Whether the visible address is a proxy's, which all people share, while LOA_TRUST_PROXY is off: an address of the own
 * network that sends forwarding headers, or any near one when the public address is https, because then a proxy must
 * exist.
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
