import type { TimeZone } from '../../shared/local-time.js';
import { moment, translate } from '../language/language.js';
import type { WithdrawalFacts } from './withdrawal.read-model.js';

export type WithdrawalKind = 'withdraw' | 'stop' | 'resume';

/** Reasons to choose with one touch; they are stored as they stand here. */
export const withdrawalReasons = [
  'Nội dung có sai sót',
  'Thông tin không còn đúng',
  'Không còn cần phổ biến',
  'Theo chỉ đạo của lãnh đạo',
] as const;

/** The reason of the form: what was written, or else what was chosen. */
export function reasonOf({ why, reason }: { why: string; reason: string }): string {
  return reason.trim() === '' ? why : reason;
}

export function withdrawalView(
  facts: WithdrawalFacts,
  kind: WithdrawalKind,
  zone: TimeZone,
  typed: { why: string; reason: string } = { why: '', reason: '' },
) {
  const { script, version } = facts;
  const states = kind === 'resume' ? ['stopped'] : kind === 'stop' ? ['approved'] : ['approved', 'stopped'];
  return {
    id: script.id,
    versionId: version.id,
    scriptTitle: version.title,
    n: String(version.n),
    possible: facts.approval !== null && states.includes(version.state),
    stop: kind === 'stop',
    takesOut: takenOut(facts, zone),
    stays: staying(facts),
    reasons: withdrawalReasons.map((text) => ({ text, label: translate(text), chosen: typed.why === text })),
    reason: typed.reason,
    stopReason: facts.approval?.stopReason ?? '',
  };
}

/** What is taken out at once, with counts and first times; empty when nothing is planned. */
function takenOut({ slots, bookends, posts, feeds }: WithdrawalFacts, zone: TimeZone): string[] {
  const [first] = slots;
  const channels = new Set(slots.map(({ channelId }) => channelId)).size;
  const [post] = posts;
  return [
    ...(first
      ? [
          translate('{n} lượt phát trên {channels} kênh, lượt sớm nhất {at}', {
            n: slots.length,
            channels,
            at: moment(first.startsAt, zone),
          }),
        ]
      : []),
    ...(bookends > 0 ? [translate('{n} lượt mở đầu, kết thúc buổi phát', { n: bookends })] : []),
    ...(post
      ? [translate('{n} bài đăng chưa lên trang, sớm nhất {at}', { n: posts.length, at: moment(post.dueAt, zone) })]
      : []),
    ...(feeds > 0 ? [translate('tin trong nguồn tin của {n} đơn vị', { n: feeds })] : []),
  ];
}

function staying({ onAir, played }: WithdrawalFacts): string[] {
  return [
    ...(onAir > 0 ? [translate('{n} lượt đang phát sẽ phát đến hết', { n: onAir })] : []),
    ...(played > 0 ? [translate('{n} lượt đã phát vẫn giữ trong nhật ký và báo cáo', { n: played })] : []),
  ];
}
