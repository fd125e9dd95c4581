import { DomainError } from '../../shared/domain-error.js';

/** A link to a Facebook entry, as a person copies it; without the fragment. Throws `bad-permalink` (422). */
export function facebookLink(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url && url.protocol === 'https:' && !url.username && !url.password && !url.port && isFacebook(url.hostname)) {
    url.hash = '';
    if (url.pathname !== '/' || url.search) return url.href;
  }
  throw new DomainError('invalid', 'bad-permalink', {
    vi: 'Đường dẫn phải là địa chỉ https của chính bài đăng trên Facebook, ví dụ https://www.facebook.com/…/posts/….',
    en: 'The permalink must be the https address of the post on Facebook.',
  });
}

function isFacebook(host: string): boolean {
  return ['facebook.com', 'fb.com', 'fb.watch', 'fb.me'].some((name) => host === name || host.endsWith(`.${name}`));
}
