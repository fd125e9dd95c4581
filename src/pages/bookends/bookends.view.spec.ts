import {
  identDays,
  type BookendForm,
  bookendFormView,
  parseBookendForm,
  bookendFormOf,
  missingClip,
  type DayIdent,
} from './bookends.view.js';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const form = (more: Partial<BookendForm> = {}): BookendForm => ({
  windowId: '',
  opening: 'call',
  openingClipId: id(1),
  closing: 'none',
  closingClipId: id(2),
  ...more,
});

it('a call keeps the clip that stands in for it; nothing and a forgotten choice are told apart', () => {
  expect(parseBookendForm(form())).toEqual({
    openingCall: true,
    openingClipId: id(1),
    closingCall: false,
    closingClipId: null,
  });
  expect(parseBookendForm(form({ opening: 'clip' }))).toMatchObject({ openingCall: false, openingClipId: id(1) });
  expect(parseBookendForm(form({ openingClipId: '' }))).toMatchObject({ openingCall: true, openingClipId: null });
  expect(missingClip(form())).toBeNull();
  expect(missingClip(form({ opening: 'clip', openingClipId: '' }))).toBe('openingClipId');
  expect(missingClip(form({ closing: 'clip', closingClipId: '' }))).toBe('closingClipId');
});

it('what is stored comes back into the form as it was chosen', () => {
  const nothing = { openingNone: false, closingNone: false };
  const setting = { unitCode: 'x', windowId: null, openingClipId: id(1), closingClipId: null, ...nothing };
  for (const [openingCall, closingCall] of [
    [true, false],
    [false, true],
    [false, false],
  ] as const) {
    const stored = { openingClipId: id(1), closingClipId: null, openingCall, closingCall };
    expect(parseBookendForm(bookendFormOf('', { ...setting, openingCall, closingCall }))).toEqual(stored);
    const own = bookendFormOf(id(3), { ...setting, openingCall, closingCall, closingNone: !closingCall });
    expect(parseBookendForm(own)).toEqual({ ...stored, openingNone: false, closingNone: !closingCall });
  }
  expect(bookendFormOf('', undefined)).toMatchObject({ windowId: '', opening: 'none', closing: 'none' });
});

it('a window without a word follows its unit, and can say that it has nothing', () => {
  const follows = bookendFormOf(id(3), undefined);
  expect(follows).toMatchObject({ windowId: id(3), opening: 'unit', closing: 'unit' });
  expect(bookendFormView(follows, 'Buổi sáng', [])).toMatchObject({ own: false });
  const silent = { ...follows, opening: 'none' as const };
  expect(parseBookendForm(silent)).toMatchObject({ openingNone: true, openingClipId: null, closingNone: false });
  expect(bookendFormView(silent, 'Buổi sáng', [])).toMatchObject({ own: true, opening: { text: 'Không có' } });
  const kinds = (windowId: string) =>
    bookendFormView({ ...follows, windowId }, '', []).opening.kinds.map(({ kind }) => kind);
  expect(kinds(id(3))).toEqual(['unit', 'none', 'call', 'clip']);
  expect(kinds('')).toEqual(['none', 'call', 'clip']);
});

it('a clip that lost its approval is still seen to be chosen', () => {
  const choices = [{ clipId: id(2), title: 'Nhạc hiệu', durationMs: 20_000 }];
  const { opening, closing } = bookendFormView(form({ closing: 'clip' }), 'Phường Bắc Hà', choices);
  expect(opening.clips.map(({ title, chosen }) => [title, chosen])).toEqual([
    ['(bản thu không còn được duyệt)', true],
    ['Nhạc hiệu (0:20)', false],
  ]);
  expect(closing.clips.map(({ chosen }) => chosen)).toEqual([true]);
});

it('of a day the call that will air is shown, and one that is not there says so', () => {
  const ident = (more: Partial<DayIdent>): DayIdent => ({
    part: 'opening',
    profile: 'horn',
    state: 'ready',
    spoken: 'Đây là …',
    reason: null,
    sha256: 'a'.repeat(64),
    durationMs: 15_000,
    ...more,
  });
  const idents = [ident({ state: 'waiting', sha256: null, durationMs: null }), ident({}), ident({ profile: 'fm' })];
  const [today, other] = identDays(
    [
      { date: '2026-11-25', idents },
      {
        date: '2026-11-26',
        idents: [ident({ state: 'failed', sha256: null, durationMs: null, reason: 'Không có giọng' })],
      },
    ],
    'horn',
  );
  expect(today!.parts.map(({ text, tone }) => [text, tone])).toEqual([
    ['đã có 0:15', 'good'],
    ['chưa đặt', ''],
  ]);
  expect(other!.parts[0]).toMatchObject({ text: 'chưa tạo được', tone: 'bad', reason: 'Không có giọng', src: '' });
});
