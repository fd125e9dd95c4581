import type { Sentence } from '../shared/domain-error.js';
import type { Config } from './config.js';

/** Whether only programs on the machine itself reach this address or host; '' is an address that is not known. */
export function isOwnMachine(addressOrHost: string): boolean {
  const name = URL.canParse(addressOrHost) ? new URL(addressOrHost).hostname : addressOrHost;
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|)$/i.test(name);
}

/** What keeps other computers from reaching Loa, or from being told where it is; null when LOA_PUBLIC_URL says it. */
export function addressAdvice({ publicUrl, host }: Pick<Config, 'publicUrl' | 'host'>): Sentence | null {
  if (publicUrl !== undefined && !isOwnMachine(publicUrl)) return null;
  if (publicUrl !== undefined) {
    return {
      vi: `LOA_PUBLIC_URL là ${publicUrl}: máy khác nhận địa chỉ này sẽ tìm Loa trên chính nó. Hãy đặt địa chỉ mà máy trạm và điện thoại mở được.`,
      en: `LOA_PUBLIC_URL is ${publicUrl}: another computer would look for Loa on itself. Set the address that stations and phones can open.`,
    };
  }
  if (isOwnMachine(host)) {
    return {
      vi: 'Chỉ máy này mở được Loa. Muốn máy khác mở được, hãy đặt LOA_HOST=0.0.0.0 (mạng nội bộ) hoặc một máy chủ chuyển tiếp HTTPS ở trước, rồi đặt LOA_PUBLIC_URL. Xem README.vi.md, phần “Chạy thật”.',
      en: 'Only this machine can open Loa. For others set LOA_HOST=0.0.0.0 (own network) or put an HTTPS proxy in front, then set LOA_PUBLIC_URL. See the table of settings in README.md.',
    };
  }
  return {
    vi: 'LOA_PUBLIC_URL chưa đặt: mỗi người nhận địa chỉ mà mình dùng để mở Loa, và địa chỉ ấy có thể đổi. Hãy đặt LOA_PUBLIC_URL.',
    en: 'LOA_PUBLIC_URL is not set: everybody is given the address by which he opened Loa, and it may change. Set LOA_PUBLIC_URL.',
  };
}
