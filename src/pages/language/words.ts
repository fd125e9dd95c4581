import type { ChannelKind } from '../../shared/channel-kind.js';
import type { ClipState } from '../../audio/clips/clip.transitions.js';
import type { CampaignState } from '../../campaigns/campaign.transitions.js';
import type { PostState } from '../../posts/state/post.transitions.js';
import type { SlotStatus } from '../../schedule/slots/slot-status.js';
import { currentLanguage, translate } from './language.js';
import type { VersionState } from '../../scripts/script-version.transitions.js';

/** Colour of a tag or a note; '' is neutral. Colour is never the only sign: the text says the same. */
export type Tone = '' | 'good' | 'warn' | 'bad' | 'off';

/**
 * Whether approval is the last step: feeds publish to websites by themselves, and leaflets are printed. No slot or post
 * follows.
 */
export function isPublishedOnApproval(kind: ChannelKind): boolean {
  return kind === 'website' || kind === 'leaflet';
}

export const versionTones: Record<VersionState, Tone> = {
  draft: '',
  submitted: 'warn',
  approved: 'good',
  stopped: 'bad',
  returned: 'bad',
  voided: 'bad',
  superseded: 'off',
};

/** `no-word` is not a failure yet: an as-run log may still arrive. */
export const slotTones: Record<SlotStatus, Tone> = {
  planned: '',
  played: 'good',
  missed: 'bad',
  'no-word': 'warn',
  replaced: 'off',
  cancelled: 'off',
};

export const postTones: Record<PostState, Tone> = {
  scheduled: '',
  publishing: 'warn',
  'awaiting-person': 'warn',
  published: 'good',
  refused: 'bad',
  unknown: 'bad',
  cancelled: 'off',
};

export const campaignTones: Record<CampaignState, Tone> = { open: 'good', ended: 'off', cancelled: 'bad' };

export const clipStateNames: Record<ClipState, string> = {
  waiting: 'đang tạo',
  ready: 'sẵn sàng',
  failed: 'chưa tạo được',
};

export const clipTones: Record<ClipState, Tone> = { waiting: 'warn', ready: 'good', failed: 'bad' };

export const profileTitles: Record<string, string> = {
  horn: 'Bản thu cho loa nén ngoài trời',
  fm: 'Bản thu cho truyền thanh thành phố',
  web: 'Bản thu cho trang web và fanpage',
};

export function profileTitle(profile: string): string {
  return profileTitles[profile] ?? profile;
}

/** 83 000 → '1 phút 23 giây'. */
export function lengthText(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return translate('{s} giây', { s: rest });
  return rest === 0 ? translate('{m} phút', { m: minutes }) : translate('{m} phút {s} giây', { m: minutes, s: rest });
}

/** 83 000 → '1:23', for narrow places. */
export function lengthShort(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** 12.5 → '12,5'; in English '12.5'. */
export function decimal(n: number, digits = 1): string {
  const figure = n.toFixed(digits).replace(/\.0+$/, '').replace('-', '−');
  return currentLanguage() === 'vi' ? figure.replace('.', ',') : figure;
}

/** Upper-cases the first letter; state names are lower case for use inside sentences. */
export function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
