import type { Contributor } from '../../approvals/contributions.js';
import type { ContributionKind } from '../../scripts/contribution.js';

/** Sentences for each kind of contribution, with the contributor's name in braces. */
export const contributionSentences: Record<ContributionKind, string> = {
  text: 'Bài do {who} soạn',
  reading: 'Bản đọc do {who} sửa {n} chỗ',
  lexicon: 'Từ điển đọc do {who} sửa {n} mục có trong bài',
  clip: 'Bản thu do {who} cho máy đọc',
  recording: 'Bản thu do {who} tải lên',
  submission: 'Bài do {who} gửi lãnh đạo duyệt',
};

/** The contributions to a content; `you` marks the viewer, who therefore must not decide on it. */
export function contributorsView(contributors: readonly Contributor[], accountId: string | null) {
  return contributors.map((one) => ({
    sentence: contributionSentences[one.kind],
    who: one.name,
    n: String(one.count),
    you: one.accountId === accountId,
  }));
}
