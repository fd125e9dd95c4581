import fc from 'fast-check';
import type { WindowView } from './day-view.js';
import { slotStates } from '../slots/slot.transitions.js';
import type { SlotView } from '../slots/slot-view.js';
import { channelIcs } from './channel-ics.js';

const at = Date.UTC(2026, 10, 24, 22, 30);
const channel = { code: 'ward', name: 'Truyền thanh phường Bắc Hà', unit: 'Phường Bắc Hà' };

function aSlot(change: Partial<SlotView> = {}): SlotView {
  return {
    id: '01a20edc-0000-7000-8000-000000000001',
    version: 1,
    createdAt: at - 86_400_000,
    channelId: 'c',
    date: '2026-11-25',
    startsAt: at,
    endsAt: at + 90_000,
    state: 'planned',
    reason: null,
    why: 'Lượt 1/3 ngày 25/11/2026.',
    windowId: 'w',
    title: 'Cài Bluezone',
    campaignId: 'k',
    campaign: 'Đợt Bluezone',
    bulletinClass: 'normal',
    obligationId: null,
    clipId: 'clip',
    scriptVersionId: 'v',
    sha256: '00',
    bytes: 1,
    durationMs: 90_000,
    ...change,
  } as SlotView;
}

const window: WindowView & { date: string } = {
  date: '2026-11-25',
  windowId: 'w',
  name: 'Sáng',
  startsAt: at,
  endsAt: at + 1_800_000,
  start: '05:30',
  end: '06:00',
  filledMinutes: 1.5,
  shortMinutes: 28.5,
  overMinutes: 0,
  state: 'short',
};

const write = (slots: SlotView[], windows: (typeof window)[] = []) =>
  channelIcs({ channel, windows, slots, base: 'https://loa.vn' });

/** A parser of RFC 5545 that shares no code with the library: unfolds, splits, unescapes. */
function read(ics: string): { lines: string[]; events: Map<string, string>[] } {
  const lines = ics.replace(/\r\n[ \t]/g, '').split('\r\n');
  const events: Map<string, string>[] = [];
  let event: Map<string, string> | undefined;
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') events.push((event = new Map()));
    else if (line === 'END:VEVENT') event = undefined;
    else event?.set(line.slice(0, line.search(/[:;]/)), unescape(line.slice(line.indexOf(':') + 1)));
  }
  return { lines, events };
}

function unescape(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? '\n' : escaped));
}

describe('the calendar of a channel', () => {
  it('has each opening of a window and each slot, in UTC, and no zone or rule', () => {
    const ics = write([aSlot()], [window]);
    const { events } = read(ics);
    expect(ics).not.toMatch(/TZID|VTIMEZONE|X-WR-TIMEZONE|RRULE/);
    expect(events.map((event) => [event.get('UID'), event.get('DTSTART'), event.get('DTEND')])).toEqual([
      [`window-w-${at}@loa`, '20261124T223000Z', '20261124T230000Z'],
      ['slot-01a20edc-0000-7000-8000-000000000001@loa', '20261124T223000Z', '20261124T223130Z'],
    ]);
    expect(events[0]?.get('TRANSP')).toBe('TRANSPARENT');
    expect(events[0]?.get('SUMMARY')).toBe('Buổi sáng, phường Bắc Hà');
    expect(events[0]?.get('URL')).toBe('https://loa.vn/lich/ward?tuan=2026-11-25');
    expect(events[1]?.get('SUMMARY')).toBe('Cài Bluezone');
    expect(events[1]?.get('DESCRIPTION')).toBe(
      [
        'Trạng thái: Đã xếp lịch',
        'Đợt: Đợt Bluezone',
        'Lượt 1/3 ngày 25/11/2026.',
        'Xem lượt phát: https://loa.vn/lich/luot/01a20edc-0000-7000-8000-000000000001',
      ].join('\n'),
    );
    expect(events[1]?.get('URL')).toBe('https://loa.vn/lich/luot/01a20edc-0000-7000-8000-000000000001');
  });

  it('is the same bytes for the same plan, and counts the changes of a slot', () => {
    expect(write([aSlot()], [window])).toBe(write([aSlot()], [window]));
    const of = (slot: SlotView) => read(write([slot])).events[0]!;
    const [placed, moved] = [of(aSlot()), of(aSlot({ version: 3, startsAt: at + 600_000, endsAt: at + 690_000 }))];
    expect([placed.get('SEQUENCE'), moved.get('SEQUENCE')]).toEqual(['0', '2']);
    expect([placed.get('DTSTAMP'), moved.get('DTSTAMP')]).toEqual(['20261123T223000Z', '20261123T223000Z']);
    const names = ['Sáng', 'Buổi sáng', 'Chiều muộn', 'Chương trình Quốc khánh', ''];
    expect(names.map((name) => read(write([], [{ ...window, name }])).events[0]?.get('SUMMARY'))).toEqual([
      'Buổi sáng, phường Bắc Hà',
      'Buổi sáng, phường Bắc Hà',
      'Buổi chiều muộn, phường Bắc Hà',
      'Chương trình Quốc khánh, phường Bắc Hà',
      'Buổi phát, phường Bắc Hà',
    ]);
  });

  it('says that a play was missed, and does not say so while a log may still come', () => {
    const of = (change: Partial<SlotView>) => read(write([aSlot({ state: 'missed', ...change })])).events[0]!;
    expect(of({}).get('SUMMARY')).toBe('Không phát được: Cài Bluezone');
    expect(of({}).get('TRANSP')).toBe('TRANSPARENT');
    expect(of({ noWord: true }).get('SUMMARY')).toBe('Cài Bluezone');
    expect(of({ noWord: true }).get('DESCRIPTION')).toContain('Trạng thái: Chưa có tin');
  });

  it('keeps the UID of a slot that is moved', () => {
    const uid = (slot: SlotView) => read(write([slot])).events[0]?.get('UID');
    expect(uid(aSlot({ startsAt: at + 600_000, endsAt: at + 690_000 }))).toBe(uid(aSlot()));
  });

  it('calls cancelled what was cancelled or replaced', () => {
    const { events } = read(write(slotStates.map((state, n) => aSlot({ id: `s${n}`, state, reason: 'Vì mưa bão' }))));
    expect(events.map((event) => event.get('STATUS'))).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'CONFIRMED',
      'CANCELLED',
      'CANCELLED',
    ]);
    expect(events[4]?.get('DESCRIPTION')).toContain('Trạng thái: Đã hủy (Vì mưa bão)');
  });

  it('lets no text break out of its line, whatever it holds, and keeps lines within 75 octets', () => {
    const nasty = fc.string({
      unit: fc.oneof(fc.constantFrom(...'\r\n\t\0;,:\\"=ếộĐ🔊'), fc.string({ maxLength: 3 })),
    });
    fc.assert(
      fc.property(nasty, nasty, (title, reason) => {
        const ics = write([aSlot({ title, reason, why: title })]);
        for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        const { lines, events } = read(ics);
        expect(lines.filter((line) => line.startsWith('BEGIN:'))).toHaveLength(2);
        for (const line of lines.filter(Boolean)) expect(line).toMatch(/^[A-Z-]+[:;]\P{Cc}*$/u);
        const plain = title.replace(/\p{Cc}+/gu, ' ').trim();
        expect(events[0]?.get('SUMMARY') ?? '').toBe(plain);
      }),
      { numRuns: 500 },
    );
  });
});
