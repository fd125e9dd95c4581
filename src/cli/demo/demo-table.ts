import { relative } from 'node:path';
import { type ChannelKind, channelKindNames } from '../../shared/channel-kind.js';
import { showDate } from '../../shared/local-time.js';
import { postStateNames, type PostState } from '../../posts/state/post.transitions.js';
import type { DemoResult } from './demo-result.js';

/** The result for a reader who sees Loa for the first time. */
export function demoTable(result: DemoResult): string {
  const { directive, obligations, campaign, clips, slots, asRun, posts, playlists, seconds } = result;
  const number = (value: number, digits = 0) =>
    value.toLocaleString('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const kinds = (byKind: Partial<Record<ChannelKind, number>>) =>
    Object.entries(byKind)
      .map(([kind, n]) => `${channelKindNames[kind as ChannelKind]} ${n}`)
      .join(', ');
  const firstList = playlists.find((one) => one.items > 0) ?? playlists[0];
  const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  const rows: [string, string][] = [
    ['Công văn', `${directive.number} ngày ${showDate(directive.issuedOn ?? '')}, ${directive.issuer}`],
    ['Trích yếu', directive.subject ?? '(không nêu)'],
    [
      'Nhiệm vụ',
      obligations.map((one) => `điểm ${one.assignment}: ${channelKindNames[one.channelKind]}${plays(one)}`).join('; '),
    ],
    ['Kênh', `${result.channels.total}: ${kinds(result.channels.byKind)}`],
    ['Đợt', `${campaign.name}, ${showDate(campaign.from)} – ${showDate(campaign.until)}`],
    ['Bài', result.scripts.map((one) => `${channelKindNames[one.channelKind]}: ${one.title}`).join('\n')],
    ...clips.map((one): [string, string] => [
      'Bản thu',
      `${channelKindNames[one.channelKind]}: ${number(one.seconds, 1)} giây, ${number(one.integratedLufs, 1)} LUFS, đỉnh ${number(one.truePeakDbtp, 1)} dBTP, giọng ${one.engine}\n${here(one.file)}`,
    ]),
    ['Lượt phát', `${slots.planned}: ${kinds(slots.byKind)}${slots.placedNow ? '' : ' (đã xếp từ lần chạy trước)'}`],
    ...slots.shortfalls.slice(0, 3).map((sentence): [string, string] => ['Còn thiếu', sentence]),
    [
      'Danh sách phát',
      `${playlists.length} ngày-kênh, mỗi ngày có JSON, M3U8, XSPF${firstList ? `\nví dụ ${here(firstList.m3u8)}` : ''}`,
    ],
    ...posts.map((one): [string, string] => [
      'Fanpage',
      `${one.page}: ${postStateNames[one.state as PostState] ?? one.state}`,
    ]),
    [
      'Kết quả phát',
      `kế hoạch ${asRun.planned} · đã phát ${asRun.played} · lỡ ${asRun.missed} (trạm mô phỏng: một phường mất điện một buổi)`,
    ],
    ['Báo cáo', here(result.report.csv)],
    ['Thời gian', `${number(total, 1)} giây`],
  ];
  const body = rows
    .map(([label, text]) => {
      const [first = '', ...rest] = text.split('\n');
      return [`  ${label.padEnd(15)} ${first}`, ...rest.map((line) => `  ${' '.repeat(15)} ${line}`)].join('\n');
    })
    .join('\n');
  return `\n${body}\n\n  Xem trên trang web: npm start -- --demo      Xóa đi: npm run demo -- --remove\n\n`;
}

function plays({ minPlaysPerDay: min, maxPlaysPerDay: max }: DemoResult['obligations'][number]): string {
  if (min !== null && max !== null && min !== max) return ` (${min}–${max} lần/ngày)`;
  if (min !== null) return ` (${max === min ? '' : 'ít nhất '}${min} lần/ngày)`;
  return max !== null ? ` (nhiều nhất ${max} lần/ngày)` : '';
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}
