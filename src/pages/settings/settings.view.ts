import type { TimeZone } from '../../shared/local-time.js';
import type { Tool } from '../../speech/voices/tools/find-tool.js';
import { moment, inCurrentLanguage, translate } from '../language/language.js';
import { decimal, type Tone } from '../language/words.js';
import type { SystemFacts } from './system-status.js';

/** One line of the system status; `next` says what to do about a problem. */
export interface StateLine {
  what: string;
  text: string;
  tone: Tone;
  next: string;
}

/** In bytes. The clips of a busy city grow by less than this in a month. */
const LOW_DISK = 5e9;

export function settingsView(facts: SystemFacts, zone: TimeZone) {
  const state = stateLines(facts, zone);
  const wrong = state.filter(({ tone }) => tone === 'bad' || tone === 'warn').length;
  return {
    version: facts.version,
    state,
    summary: wrong === 0 ? translate('Mọi thứ đều ổn.') : translate('{n} điều cần xem.', { n: wrong }),
    summaryTone: wrong === 0 ? 'good' : 'warn',
    settings: settingLines(facts),
    voices: voiceLines(facts),
    clockDoubt: facts.clockJumpMs !== null,
    backup:
      facts.backup === null
        ? translate('Chưa thấy bản sao lưu nào trong thư mục sao lưu.')
        : translate('Bản sao lưu gần nhất: {at}.', { at: moment(facts.backup, zone) }),
  };
}

export function stateLines(facts: SystemFacts, zone: TimeZone): StateLine[] {
  const good = (what: string, text: string): StateLine => ({ what, text, tone: 'good', next: '' });
  const not = (what: string, text: string, next: string, tone: Tone = 'bad'): StateLine => ({ what, text, tone, next });
  const { databaseAnswers, freeBytes, poster, silentStations, jobs } = facts;
  const free = freeBytes === null ? '' : translate('còn trống {n} GB', { n: decimal(freeBytes / 1e9) });
  const disk = translate('Nơi chứa bản thu');
  return [
    databaseAnswers
      ? good(translate('Dữ liệu'), translate('{kind} đang trả lời', { kind: facts.database }))
      : not(translate('Dữ liệu'), translate('không trả lời'), translate('Xem nhật ký máy chủ và ổ đĩa.')),
    freeBytes === null
      ? not(disk, translate('không ghi được'), translate('Kiểm tra quyền ghi và ổ đĩa của máy chủ.'))
      : freeBytes < LOW_DISK
        ? not(disk, free, translate('Thêm ổ đĩa trước khi đầy: đầy thì không dựng được bản thu.'), 'warn')
        : good(disk, free),
    facts.addressAdvice === null
      ? good(translate('Địa chỉ của Loa'), facts.url ?? '')
      : not(
          translate('Địa chỉ của Loa'),
          facts.url ?? translate('chưa đặt địa chỉ'),
          inCurrentLanguage(facts.addressAdvice),
          'warn',
        ),
    facts.clockJumpMs === null
      ? good(translate('Giờ máy chủ'), moment(facts.now, zone))
      : not(
          translate('Giờ máy chủ'),
          translate('{at}, vừa nhảy {n} phút', {
            at: moment(facts.now, zone),
            n: Math.round(facts.clockJumpMs / 60_000),
          }),
          translate('So với đồng hồ của bạn. Sai thì chỉnh giờ trên máy chủ; đúng thì bấm “Giờ này đúng” ở dưới.'),
        ),
    ...(['ffmpeg', 'ffprobe', 'espeak'] as const).map((name) => toolLine(name, facts.tools[name])),
    poster && !poster.late
      ? good(translate('Bộ đăng bài'), translate('chạy lúc {at}', { at: moment(poster.at, zone) }))
      : not(
          translate('Bộ đăng bài'),
          poster ? translate('ngừng từ {at}', { at: moment(poster.at, zone) }) : translate('chưa chạy lần nào'),
          translate('Khởi động lại máy chủ Loa.'),
        ),
    silentStations === 0
      ? good(translate('Trạm phát'), translate('không trạm nào mất liên lạc'))
      : not(
          translate('Trạm phát'),
          translate('{n} trạm mất liên lạc', { n: silentStations }),
          translate('Mở màn hình Trạm để xem trạm nào.'),
          'warn',
        ),
    jobs.stuck === 0
      ? good(translate('Việc chạy nền'), translate('không việc nào bị chậm'))
      : not(
          translate('Việc chạy nền'),
          translate('{n} việc chờ quá 10 phút', { n: jobs.stuck }),
          translate('Nếu con số không giảm, khởi động lại máy chủ Loa.'),
          'warn',
        ),
    jobs.failed === 0
      ? good(translate('Việc hỏng trong 24 giờ'), translate('không có'))
      : not(
          translate('Việc hỏng trong 24 giờ'),
          translate('{n} việc', { n: jobs.failed }),
          translate('Lý do hiện ở chính bài, bản thu hoặc bài đăng đó.'),
          'warn',
        ),
  ];
}

function toolLine(name: 'ffmpeg' | 'ffprobe' | 'espeak', tool: Tool | undefined): StateLine {
  const what = name === 'espeak' ? 'espeak-ng' : name;
  if (!tool) {
    const next =
      name === 'espeak'
        ? translate('Cài espeak-ng, hoặc dùng giọng khác.')
        : translate('Cài ffmpeg: chưa có thì không dựng được bản thu.');
    return { what, text: translate('không có'), tone: name === 'espeak' ? 'warn' : 'bad', next };
  }
  const version = tool.version || translate('không rõ phiên bản');
  const sources = {
    setting: translate('theo thiết đặt'),
    system: translate('của máy'),
    bundled: translate('bản kèm theo'),
  };
  const refused = tool.refused.map(inCurrentLanguage).join(' ');
  return { what, text: `${version}, ${sources[tool.source]}`, tone: refused ? 'warn' : 'good', next: refused };
}

/** The settings with the names of their environment variables. */
export function settingLines(facts: SystemFacts): { what: string; text: string; name: string }[] {
  const { page } = facts;
  const posting =
    page.id && page.hasToken
      ? translate('Trang {id}, giao diện {version}', { id: page.id, version: page.version })
      : page.id
        ? translate('Trang {id}, chưa có khóa: đăng bằng tay', { id: page.id })
        : translate('chưa nối: đăng bằng tay');
  return [
    { what: translate('Múi giờ của cơ quan'), text: facts.zone, name: 'LOA_TIME_ZONE' },
    {
      what: translate('Khóa trước giờ phát'),
      text: translate('{m} phút', { m: facts.lockMinutes }),
      name: 'LOA_LOCK_MINUTES',
    },
    {
      what: translate('Địa chỉ của Loa'),
      text: facts.url ?? translate('chưa đặt, lấy theo địa chỉ mà mỗi người mở'),
      name: 'LOA_PUBLIC_URL',
    },
    {
      what: translate('Đứng sau máy chủ chuyển tiếp'),
      text: facts.trustProxy ? translate('có') : translate('không'),
      name: 'LOA_TRUST_PROXY',
    },
    { what: translate('Nơi giữ dữ liệu'), text: facts.database, name: 'LOA_DATABASE_URL' },
    { what: translate('Đăng lên Facebook'), text: posting, name: 'LOA_PAGE_ID' },
    { what: translate('Thứ tự giọng đọc'), text: facts.chain.join(', '), name: 'LOA_VOICES' },
  ];
}

/** All voices in their fixed order; `used`: the server's voice chain names it. */
function voiceLines({ voices, chain }: SystemFacts) {
  return voices.map(({ name, title, online, available, reason }) => ({
    name,
    title,
    online,
    used: chain.includes(name),
    text: available ? translate('dùng được') : translate('chưa dùng được'),
    tone: available ? 'good' : 'off',
    reason: reason ? inCurrentLanguage(reason) : '',
  }));
}
