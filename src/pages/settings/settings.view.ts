import type { TimeZone } from '../../shared/local-time.js';
import type { Tool } from '../../speech/voices/tools/find-tool.js';
import { moment, pick, say } from '../language/language.js';
import { decimal, type Tone } from '../words.js';
import type { HouseFacts } from './house-facts.js';

/** One line of the state of the house; `next` says what to do when it is not well. */
export interface StateLine {
  what: string;
  text: string;
  tone: Tone;
  next: string;
}

/** Clips of a busy city grow by less than this in a month. */
const LOW_DISK = 5e9;

export function settingsView(facts: HouseFacts, zone: TimeZone) {
  const state = stateLines(facts, zone);
  const wrong = state.filter(({ tone }) => tone === 'bad' || tone === 'warn').length;
  return {
    version: facts.version,
    state,
    summary: wrong === 0 ? say('Mọi thứ đều ổn.') : say('{n} điều cần xem.', { n: wrong }),
    summaryTone: wrong === 0 ? 'good' : 'warn',
    settings: settingLines(facts),
    voices: voiceLines(facts),
    clockDoubt: facts.clockJumpMs !== null,
    backup:
      facts.backup === null
        ? say('Chưa thấy bản sao lưu nào trong thư mục sao lưu.')
        : say('Bản sao lưu gần nhất: {at}.', { at: moment(facts.backup, zone) }),
  };
}

export function stateLines(facts: HouseFacts, zone: TimeZone): StateLine[] {
  const good = (what: string, text: string): StateLine => ({ what, text, tone: 'good', next: '' });
  const not = (what: string, text: string, next: string, tone: Tone = 'bad'): StateLine => ({ what, text, tone, next });
  const { databaseAnswers, freeBytes, poster, silentStations, jobs } = facts;
  const free = freeBytes === null ? '' : say('còn trống {n} GB', { n: decimal(freeBytes / 1e9) });
  const disk = say('Nơi chứa bản thu');
  return [
    databaseAnswers
      ? good(say('Dữ liệu'), say('{kind} đang trả lời', { kind: facts.database }))
      : not(say('Dữ liệu'), say('không trả lời'), say('Xem nhật ký máy chủ và ổ đĩa.')),
    freeBytes === null
      ? not(disk, say('không ghi được'), say('Kiểm tra quyền ghi và ổ đĩa của máy chủ.'))
      : freeBytes < LOW_DISK
        ? not(disk, free, say('Thêm ổ đĩa trước khi đầy: đầy thì không dựng được bản thu.'), 'warn')
        : good(disk, free),
    facts.clockJumpMs === null
      ? good(say('Giờ máy chủ'), moment(facts.now, zone))
      : not(
          say('Giờ máy chủ'),
          say('{at}, vừa nhảy {n} phút', { at: moment(facts.now, zone), n: Math.round(facts.clockJumpMs / 60_000) }),
          say('So với đồng hồ của bạn. Sai thì chỉnh giờ trên máy chủ; đúng thì bấm “Giờ này đúng” ở dưới.'),
        ),
    ...(['ffmpeg', 'ffprobe', 'espeak'] as const).map((name) => toolLine(name, facts.tools[name])),
    poster && !poster.late
      ? good(say('Bộ đăng bài'), say('chạy lúc {at}', { at: moment(poster.at, zone) }))
      : not(
          say('Bộ đăng bài'),
          poster ? say('ngừng từ {at}', { at: moment(poster.at, zone) }) : say('chưa chạy lần nào'),
          say('Khởi động lại máy chủ Loa.'),
        ),
    silentStations === 0
      ? good(say('Trạm phát'), say('không trạm nào mất liên lạc'))
      : not(
          say('Trạm phát'),
          say('{n} trạm mất liên lạc', { n: silentStations }),
          say('Mở màn hình Trạm để xem trạm nào.'),
          'warn',
        ),
    jobs.stuck === 0
      ? good(say('Việc chạy nền'), say('không việc nào bị chậm'))
      : not(
          say('Việc chạy nền'),
          say('{n} việc chờ quá 10 phút', { n: jobs.stuck }),
          say('Nếu con số không giảm, khởi động lại máy chủ Loa.'),
          'warn',
        ),
    jobs.failed === 0
      ? good(say('Việc hỏng trong 24 giờ'), say('không có'))
      : not(
          say('Việc hỏng trong 24 giờ'),
          say('{n} việc', { n: jobs.failed }),
          say('Lý do hiện ở chính bài, bản thu hoặc bài đăng đó.'),
          'warn',
        ),
  ];
}

function toolLine(name: 'ffmpeg' | 'ffprobe' | 'espeak', tool: Tool | undefined): StateLine {
  const what = name === 'espeak' ? 'espeak-ng' : name;
  if (!tool) {
    const next =
      name === 'espeak'
        ? say('Cài espeak-ng, hoặc dùng giọng khác.')
        : say('Cài ffmpeg: chưa có thì không dựng được bản thu.');
    return { what, text: say('không có'), tone: name === 'espeak' ? 'warn' : 'bad', next };
  }
  const version = tool.version || say('không rõ phiên bản');
  const sources = { setting: say('theo thiết đặt'), system: say('của máy'), bundled: say('bản kèm theo') };
  const refused = tool.refused.map(pick).join(' ');
  return { what, text: `${version}, ${sources[tool.source]}`, tone: refused ? 'warn' : 'good', next: refused };
}

/** What the configuration says, each with the name under which the server is told. */
export function settingLines(facts: HouseFacts): { what: string; text: string; name: string }[] {
  const { page } = facts;
  const posting =
    page.id && page.hasToken
      ? say('Trang {id}, giao diện {version}', { id: page.id, version: page.version })
      : page.id
        ? say('Trang {id}, chưa có khóa: đăng bằng tay', { id: page.id })
        : say('chưa nối: đăng bằng tay');
  return [
    { what: say('Múi giờ của cơ quan'), text: facts.zone, name: 'LOA_TIME_ZONE' },
    {
      what: say('Khóa trước giờ phát'),
      text: say('{m} phút', { m: facts.lockMinutes }),
      name: 'LOA_LOCK_MINUTES',
    },
    {
      what: say('Địa chỉ của Loa'),
      text: facts.urlIsSet ? facts.url : say('{url} (chưa đặt, lấy theo máy chủ)', { url: facts.url }),
      name: 'LOA_PUBLIC_URL',
    },
    {
      what: say('Đứng sau máy chủ chuyển tiếp'),
      text: facts.trustProxy ? say('có') : say('không'),
      name: 'LOA_TRUST_PROXY',
    },
    { what: say('Nơi giữ dữ liệu'), text: facts.database, name: 'LOA_DATABASE_URL' },
    { what: say('Đăng lên Facebook'), text: posting, name: 'LOA_PAGE_ID' },
    { what: say('Thứ tự giọng đọc'), text: facts.chain.join(', '), name: 'LOA_VOICES' },
  ];
}

/** Voices in the order of the house; `used`: the server's own chain names it. */
function voiceLines({ voices, chain }: HouseFacts) {
  return voices.map(({ name, title, online, available, reason }) => ({
    name,
    title,
    online,
    used: chain.includes(name),
    text: available ? say('dùng được') : say('chưa dùng được'),
    tone: available ? 'good' : 'off',
    reason: reason ? pick(reason) : '',
  }));
}
