import type { Instant } from '../../shared/clock.js';
import { localClockOf, localDateOf, showDate, type TimeZone } from '../../shared/local-time.js';
import { roleNames } from '../../people/access/role.js';
import { waitingCauseNames } from '../../people/accounts/waiting-period.entity.js';
import { bulletinClassNames } from '../../campaigns/bulletin-class.js';
import { postStateNames } from '../../posts/state/post.transitions.js';
import { slotStateNames } from '../../schedule/slots/slot.transitions.js';
import { translate } from '../language/language.js';
import { profileTitles } from '../language/words.js';

/** Display names of row fields. A field without a name is shown by its identifier. */
export const auditFieldNames: Record<string, string> = {
  adapter: 'cách đăng',
  added: 'số lượt thêm',
  after: 'chỉ khi đứng trước',
  again: 'đang dựng lại',
  aliases: 'các cách viết',
  alt: 'lời tả ảnh',
  approvalId: 'mã phê duyệt',
  approvals: 'số phê duyệt',
  asOf: 'số liệu của ngày',
  asRunId: 'mã nhật ký',
  attempt: 'lần thử',
  authorisedBy: 'người cho phép',
  autoMakeGood: 'tự động phát bù',
  before: 'chỉ khi đứng sau',
  bodyHash: 'dấu nội dung công văn',
  bulletinClass: 'cấp độ tin',
  by: 'mã lượt thay vào',
  bytes: 'số byte',
  calls: 'số nhạc hiệu',
  campaignId: 'mã đợt',
  cancelled: 'số lượt hủy',
  cause: 'do',
  channel: 'kênh',
  clipId: 'mã bản thu',
  heard: 'nghe hết bản thu',
  heardAt: 'nghe hết lúc',
  clips: 'bản thu',
  code: 'mã',
  comment: 'ý kiến',
  contentHash: 'dấu nội dung',
  date: 'ngày',
  dayOff: 'ngày nghỉ',
  directiveId: 'mã công văn',
  displayName: 'họ và tên',
  dueAt: 'giờ hẹn',
  durationMs: 'độ dài (mili giây)',
  effectiveFrom: 'hiệu lực từ',
  endsAt: 'kết thúc lúc',
  etag: 'dấu danh sách',
  evidenceUntil: 'còn sửa được đến',
  flagDay: 'ngày treo cờ',
  from: 'từ ngày',
  grants: 'vai trò',
  hash: 'dấu',
  head: 'mã băm',
  height: 'chiều cao',
  hint: 'đuôi mã',
  holidays: 'ngày lễ',
  issuedOn: 'ngày ban hành',
  issuer: 'cơ quan ban hành',
  items: 'số mục',
  kind: 'loại',
  lastSeenAt: 'gọi về lần cuối',
  leftOut: 'mục bị bỏ ra',
  makeGoodFor: 'mã lượt được bù',
  matchCase: 'hoa hay thường',
  maxPlaysPerDay: 'nhiều nhất mỗi ngày',
  minPlaysPerDay: 'ít nhất mỗi ngày',
  minutes: 'số phút',
  minutesPerSession: 'số phút mỗi lần',
  moved: 'số lượt dời',
  n: 'bản số',
  name: 'tên',
  note: 'ghi chú',
  number: 'số, ký hiệu',
  obligations: 'số nhiệm vụ',
  only: 'áp dụng',
  orders: 'số lệnh phát',
  otherApprovals: 'phê duyệt không còn giá trị',
  outcome: 'kết quả',
  parent: 'trực thuộc',
  parentId: 'mã đơn vị trên',
  paused: 'tạm dừng',
  permalink: 'đường dẫn',
  permitted: 'giờ được phát',
  placed: 'số lượt xếp',
  played: 'đã phát',
  problem: 'sự cố',
  profile: 'loại bản thu',
  quiet: 'giờ phải im',
  reason: 'lý do',
  recordedBy: 'mã người ghi',
  removed: 'số lượt bỏ',
  reportDue: 'hạn báo cáo',
  request: 'dấu yêu cầu',
  rrule: 'quy tắc lịch',
  scope: 'phạm vi duyệt',
  scriptId: 'mã bài',
  scriptVersionId: 'mã phiên bản',
  search: 'chữ để tìm',
  seasonFrom: 'hằng năm từ',
  seasonUntil: 'hằng năm đến',
  sentence: 'vì sao',
  sequence: 'dòng của sổ',
  sessionsEnded: 'số phiên đăng nhập đã kết thúc',
  sessionsPerDay: 'số lần mỗi ngày',
  sha256: 'dấu tệp',
  shortfalls: 'số chỗ thiếu',
  shortName: 'tên ngắn',
  simulated: 'giả lập',
  slotId: 'mã lượt phát',
  slots: 'số lượt phát',
  source: 'căn cứ',
  spoken: 'đọc thành',
  spokenHash: 'dấu lời đọc',
  start: 'bắt đầu lúc',
  startsAt: 'giờ phát',
  state: 'trạng thái',
  stationId: 'mã trạm',
  streamUrl: 'nguồn tiếp sóng',
  subject: 'trích yếu',
  text: 'nội dung',
  textHash: 'dấu bài',
  title: 'tiêu đề',
  unit: 'đơn vị',
  unitId: 'mã đơn vị',
  unitKind: 'loại đơn vị',
  until: 'đến hết ngày',
  upTo: 'niêm đến dòng',
  username: 'tên đăng nhập',
  value: 'giá trị',
  version: 'phiên bản số',
  versionId: 'mã phiên bản',
  weekdays: 'các thứ',
  width: 'chiều rộng',
  windowId: 'mã buổi phát',
  windows: 'các buổi phát',
  written: 'viết là',
  writtenFor: 'soạn cho loại kênh',
  zone: 'múi giờ',
};

/** Display names of enumerated values, by field. */
const valueNames: Record<string, Record<string, string>> = {
  bulletinClass: bulletinClassNames,
  cause: waitingCauseNames,
  only: { here: 'chỉ chỗ này', script: 'mọi chỗ trong bài này' },
  problem: { missing: 'thiếu tệp', spoiled: 'tệp bị hỏng' },
  profile: profileTitles,
  state: { ...postStateNames, ...slotStateNames },
};

const MOST = 300;

/**
 * A value for display: instants in the office's zone, booleans as yes and no, roles and states by name; long values are
 * cut.
 */
export function auditValue(field: string, value: unknown, zone: TimeZone): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return translate(value ? 'có' : 'không');
  if (/(At|^evidenceUntil)$/.test(field) && typeof value === 'number') return clock(value, zone);
  if (field === 'grants' && Array.isArray(value)) return value.map(grant).join(', ');
  const named = typeof value === 'string' ? valueNames[field]?.[value] : undefined;
  if (named !== undefined) return translate(named);
  const whole = typeof value === 'string' ? value : JSON.stringify(value, (_key, one: unknown) => one ?? '–');
  return whole.length <= MOST ? whole : `${whole.slice(0, MOST)}…`;
}

function clock(at: Instant, zone: TimeZone): string {
  return `${showDate(localDateOf(at, zone))} ${localClockOf(at, zone)}`;
}

function grant(one: unknown): string {
  const role = typeof one === 'object' && one !== null && 'role' in one ? String(one.role) : '';
  return role in roleNames ? translate(roleNames[role as keyof typeof roleNames]) : JSON.stringify(one);
}
