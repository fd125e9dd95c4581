import type { TimeZone } from '../../shared/local-time.js';
import type { SecondFactorState } from '../../people/sign-in/second-factor.service.js';
import type { OwnSession } from '../../people/sign-in/sessions.service.js';
import { moment, translate } from '../language/language.js';

export function securityView(state: SecondFactorState, sessions: readonly OwnSession[], zone: TimeZone) {
  return {
    enrolled: state.enrolledAt !== null,
    since: state.enrolledAt === null ? '' : moment(state.enrolledAt, zone),
    pending: state.pending,
    codesLeft: String(state.recoveryCodesLeft),
    fewCodes: state.enrolledAt !== null && state.recoveryCodesLeft < 3,
    others: sessions.some(({ current }) => !current),
    sessions: sessions.map(({ id, createdAt, lastSeenAt, address, userAgent, current }) => ({
      id,
      current,
      device: deviceOf(userAgent),
      address: address ?? '',
      since: moment(createdAt, zone),
      seen: moment(lastSeenAt, zone),
    })),
  };
}

/** "Chrome trên Android": enough to tell a phone from the office's PC. A user agent is no proof. */
export function deviceOf(userAgent: string | null): string {
  const text = userAgent ?? '';
  const browser = /Edg\//.test(text)
    ? 'Edge'
    : /Firefox\//.test(text)
      ? 'Firefox'
      : /coc_coc_browser\//.test(text)
        ? 'Cốc Cốc'
        : /Chrome\//.test(text)
          ? 'Chrome'
          : /Safari\//.test(text)
            ? 'Safari'
            : '';
  const system = /Android/.test(text)
    ? 'Android'
    : /iPhone|iPad/.test(text)
      ? 'iOS'
      : /Windows/.test(text)
        ? 'Windows'
        : /Mac OS X/.test(text)
          ? 'macOS'
          : /Linux/.test(text)
            ? 'Linux'
            : '';
  if (!browser || !system) return translate('Thiết bị không rõ');
  return translate('{browser} trên {system}', { browser, system });
}

/** A secret in groups of four, for typing it in. */
export function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
