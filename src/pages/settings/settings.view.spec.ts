import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { Tool } from '../../speech/voices/tools/find-tool.js';
import { runInLanguage } from '../language/language.js';
import type { SystemFacts } from './system-status.js';
import { settingLines, settingsView, stateLines } from './settings.view.js';

const AT = instantOf('2026-11-24', '08:00', VIETNAM);
const tool = (name: string, change: Partial<Tool> = {}): Tool => ({
  name,
  path: `/usr/bin/${name}`,
  version: '6.1',
  source: 'system',
  refused: [],
  ...change,
});

const well: SystemFacts = {
  version: '0.1.0',
  node: '22.0.0',
  zone: VIETNAM,
  lockMinutes: 10,
  url: 'https://loa.example.vn',
  addressAdvice: null,
  trustProxy: false,
  database: 'SQLite',
  databaseAnswers: true,
  freeBytes: 120e9,
  tools: { ffmpeg: tool('ffmpeg'), ffprobe: tool('ffprobe'), espeak: tool('espeak-ng') },
  poster: { at: AT, late: false },
  silentStations: 0,
  jobs: { stuck: 0, failed: 0 },
  voices: [
    { name: 'espeak/vi', engine: 'espeak', title: 'trong máy', online: false, available: true, reason: null },
    {
      name: 'fpt/banmai',
      engine: 'fpt',
      title: 'Ban Mai',
      online: true,
      available: false,
      reason: { vi: 'Chưa có khóa.', en: 'No key.' },
    },
  ],
  chain: ['espeak/vi'],
  page: { id: null, hasToken: false, version: 'v24.0' },
  clockJumpMs: null,
  now: AT,
  backup: AT,
};
const lines = (change: Partial<SystemFacts>) =>
  stateLines({ ...well, ...change }, VIETNAM).filter(({ tone }) => tone !== 'good');

describe('the state of the house', () => {
  it('that is well says so, and when it was backed up', () => {
    const view = settingsView(well, VIETNAM);
    expect([view.summary, view.summaryTone, lines({})]).toEqual(['Mọi thứ đều ổn.', 'good', []]);
    expect(view.backup).toBe('Bản sao lưu gần nhất: Thứ Ba 24/11, 08:00.');
    expect(settingsView({ ...well, backup: null }, VIETNAM).backup).toContain('Chưa thấy');
  });

  const troubles: [string, Partial<SystemFacts>, string, string][] = [
    ['a database that does not answer', { databaseAnswers: false }, 'không trả lời', 'bad'],
    ['a clock that has jumped', { clockJumpMs: -120_000 }, 'Thứ Ba 24/11, 08:00, vừa nhảy -2 phút', 'bad'],
    ['a folder that cannot be written', { freeBytes: null }, 'không ghi được', 'bad'],
    ['a disk that fills up', { freeBytes: 2.5e9 }, 'còn trống 2,5 GB', 'warn'],
    ['no ffmpeg', { tools: { ...well.tools, ffmpeg: undefined } }, 'không có', 'bad'],
    ['no espeak-ng: other voices may read', { tools: { ...well.tools, espeak: undefined } }, 'không có', 'warn'],
    ['a poster that stopped', { poster: { at: AT, late: true } }, 'ngừng từ Thứ Ba 24/11, 08:00', 'bad'],
    ['a poster that never ran', { poster: null }, 'chưa chạy lần nào', 'bad'],
    ['stations that are silent', { silentStations: 2 }, '2 trạm mất liên lạc', 'warn'],
    ['jobs that wait', { jobs: { stuck: 3, failed: 0 } }, '3 việc chờ quá 10 phút', 'warn'],
    ['jobs that were given up', { jobs: { stuck: 0, failed: 1 } }, '1 việc', 'warn'],
  ];
  it.each(troubles)('%s is told, with what to do', (_what, change, text, tone) => {
    expect(lines(change)).toMatchObject([{ text, tone }]);
    expect(lines(change)[0]?.next).not.toBe('');
    expect(settingsView({ ...well, ...change }, VIETNAM).summary).toBe('1 điều cần xem.');
  });

  it('a program that refuses something says what', () => {
    const refused = [{ code: 'x', vi: 'Không nhận tệp tải lên.', en: 'No uploads.' }];
    const tools = { ...well.tools, ffmpeg: tool('ffmpeg', { refused, source: 'bundled' }) };
    expect(lines({ tools })).toEqual([
      { what: 'ffmpeg', text: '6.1, bản kèm theo', tone: 'warn', next: 'Không nhận tệp tải lên.' },
    ]);
    expect(runInLanguage('en', () => lines({ tools })[0]?.next)).toBe('No uploads.');
  });
});

describe('the settings', () => {
  const said = (change: Partial<SystemFacts>, name: string) =>
    settingLines({ ...well, ...change }).find((one) => one.name === name)?.text;

  it('say of the page whether it is connected, and nothing of its token', () => {
    const page = (id: string | null, hasToken: boolean) =>
      said({ page: { id, hasToken, version: 'v24.0' } }, 'LOA_PAGE_ID');
    expect([page(null, false), page('12', false), page('12', true)]).toEqual([
      'chưa nối: đăng bằng tay',
      'Trang 12, chưa có khóa: đăng bằng tay',
      'Trang 12, giao diện v24.0',
    ]);
    expect(said({ url: null }, 'LOA_PUBLIC_URL')).toBe('chưa đặt, lấy theo địa chỉ mà mỗi người mở');
    expect(said({}, 'LOA_LOCK_MINUTES')).toBe('10 phút');
  });

  it('name the voices that this machine has, and why it lacks the others', () => {
    expect(settingsView(well, VIETNAM).voices).toMatchObject([
      { title: 'trong máy', used: true, text: 'dùng được', reason: '' },
      { title: 'Ban Mai', used: false, online: true, text: 'chưa dùng được', reason: 'Chưa có khóa.' },
    ]);
  });
});
