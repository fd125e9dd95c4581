import type { Sentence } from '../shared/domain-error.js';
import type { Config } from './config.js';

/**
 * Advice when requests seem to come through a proxy that is not trusted: Loa itself speaks no TLS and listens on one
 * port. Null when nothing indicates a proxy.
 */
export function proxyAdvice({ trustProxy, publicUrl, port }: Pick<Config, 'trustProxy' | 'publicUrl' | 'port'>) {
  if (trustProxy || !publicUrl) return null;
  const url = new URL(publicUrl);
  const outside = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (url.protocol !== 'https:' && (port === 0 || outside === port)) return null;
  const advice: Sentence = {
    vi:
      `LOA_PUBLIC_URL là ${url.origin} nhưng Loa nghe ở cổng ${port}, vậy có máy chủ chuyển tiếp (proxy) ở giữa mà LOA_TRUST_PROXY chưa bật: ` +
      'mọi người mang chung một địa chỉ, nên việc đoán mật khẩu không bị chặn theo địa chỉ. Hãy đặt LOA_TRUST_PROXY=true.',
    en:
      `LOA_PUBLIC_URL is ${url.origin} but Loa listens on port ${port}, so there is a proxy between, and LOA_TRUST_PROXY is off: ` +
      'everybody has its address, and guessing is not slowed down by address. Set LOA_TRUST_PROXY=true.',
  };
  return advice;
}
