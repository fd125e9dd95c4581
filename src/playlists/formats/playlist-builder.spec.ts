import fc from 'fast-check';
import { convert } from 'xmlbuilder2';
import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { PlanChannel, HoursPolicy, WindowRule } from '../../channels/hours/hours.types.js';
import { plainLine } from './plain-line.js';
import { buildPlaylist, type PlaylistQuestion } from './playlist-builder.js';
import type { PlaylistDocument, PlaylistSlot } from './playlist-document.js';

const date = '2026-11-25';
const at = (time: string) => instantOf(date, time, VIETNAM);

function slot(time: string, more: Partial<PlaylistSlot> = {}): PlaylistSlot {
  const startsAt = at(time);
  return {
    id: `0000-${time}`,
    startsAt,
    endsAt: startsAt + 30_000,
    title: 'Bài',
    campaign: 'Đợt',
    kind: 'clip',
    role: 'item',
    start: { rule: 'wait', seconds: 60 },
    sha256: 'ab'.repeat(32),
    bytes: 1000,
    durationMs: 30_000,
    streamUrl: null,
    script: null,
    authorisedBy: null,
    ...more,
  };
}

/** Hours from 05:00 to 21:00, open all day: no other law. */
function rules(policy: Partial<HoursPolicy> = {}, windows: Partial<WindowRule>[] = [{}]): PlanChannel {
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  return {
    id: 'bac-ha',
    zone: VIETNAM,
    policy: { permitted: [{ from: '05:00', until: '21:00' }], ...policy },
    windows: windows.map((window, n) => {
      return { id: `w${n}`, channelId: 'bac-ha', weekdays, start: '05:00', minutes: 960, ...window };
    }),
    overrides: [],
  };
}

function question(more: Partial<PlaylistQuestion> = {}): PlaylistQuestion {
  const channel = { code: 'bac-ha', name: 'Bắc Hà', rules: rules() };
  return { channel, date, version: 3, base: 'https://loa.vn', keyOf: () => 'K', slots: [slot('05:30')], ...more };
}

const builtUnder = (law: PlanChannel, slots: PlaylistSlot[]) =>
  buildPlaylist(question({ channel: { ...question().channel, rules: law }, slots }));
const documentOf = (json: string) => JSON.parse(json) as PlaylistDocument;

describe('the playlist builder', () => {
  it('lays out a day in each format, byte for byte', () => {
    const built = buildPlaylist(question({ slots: [slot('17:00', { title: 'Chiều' }), slot('05:30')] }));
    const sha256 = 'ab'.repeat(32);
    expect(documentOf(built.json).items.map(({ localTime, title }) => [localTime, title])).toEqual([
      ['05:30:00', 'Bài'],
      ['17:00:00', 'Chiều'],
    ]);
    expect(built.m3u8).toBe(
      [
        '#EXTM3U',
        '#PLAYLIST:Bắc Hà, 25/11/2026',
        '# phiên bản 3',
        '# 05:30:00 Đợt',
        '#EXTINF:30,Bắc Hà - Bài',
        `https://loa.vn/api/clips/${sha256}.mp3?k=K`,
        '# 17:00:00 Đợt',
        '#EXTINF:30,Bắc Hà - Chiều',
        `https://loa.vn/api/clips/${sha256}.mp3?k=K`,
        '',
      ].join('\n'),
    );
    const { playlist } = convert(built.xspf, { format: 'object' }) as {
      playlist: { '@xmlns': string; '@version': string; title: string; trackList: { track: object[] } };
    };
    expect([playlist['@xmlns'], playlist['@version'], playlist.title]).toEqual([
      'http://xspf.org/ns/0/',
      '1',
      'Bắc Hà, 25/11/2026',
    ]);
    expect(playlist.trackList.track[1]).toMatchObject({
      location: `https://loa.vn/api/clips/${sha256}.mp3?k=K`,
      identifier: 'urn:uuid:0000-17:00',
      title: 'Chiều',
      duration: '30000',
    });
  });

  it('tells a relay, a live item and how each begins, in every format', () => {
    const relay = slot('05:40', {
      kind: 'relay',
      sha256: null,
      bytes: null,
      streamUrl: 'https://dai.vn/loa',
      campaign: '',
    });
    const live = slot('05:50', { kind: 'live', sha256: null, bytes: null, script: 'Kính thưa bà con.', title: 'Đọc' });
    const cut = slot('05:30', { start: { rule: 'cut' }, role: 'opening' });
    const built = buildPlaylist(question({ slots: [cut, relay, live] }));
    expect(documentOf(built.json).items).toMatchObject([
      { kind: 'clip', role: 'opening', start: { rule: 'cut' }, bytes: 1000 },
      { kind: 'relay', streamUrl: 'https://dai.vn/loa', durationMs: 30_000 },
      { kind: 'live', script: 'Kính thưa bà con.', start: { rule: 'wait', seconds: 60 } },
    ]);
    expect(built.m3u8).toContain('# 05:30:00 Đợt (cắt đúng giờ)\n');
    expect(built.m3u8).toContain('#EXTINF:30,Bắc Hà - Bài\nhttps://dai.vn/loa\n');
    expect(built.m3u8).toContain('# TRỰC TIẾP 30 giây: Đọc\n');
    expect(built.xspf).toContain('<location>https://dai.vn/loa</location>');
    expect(built.xspf).toContain('<meta rel="urn:loa:kind">live</meta>');
  });

  it('lets an emergency with a named authoriser sound at night, and nothing else', () => {
    const night = slot('03:15', { authorisedBy: 'Trần Văn An' });
    const built = buildPlaylist(question({ slots: [night, slot('03:20')] }));
    expect(documentOf(built.json).items).toMatchObject([{ slotId: night.id, authorisedBy: 'Trần Văn An' }]);
  });

  it('is silent outside the permitted hours to the millisecond', () => {
    const inside = slot('20:59', { endsAt: at('21:00') });
    const over = slot('20:59', { id: 'over', endsAt: at('21:00') + 1 });
    const before = slot('05:00', { id: 'before', startsAt: at('05:00') - 1 });
    const built = buildPlaylist(question({ slots: [inside, over, before, slot('03:15')] }));
    expect(documentOf(built.json).items.map(({ slotId }) => slotId)).toEqual([inside.id]);
    expect(built.leftOut.map(({ slot }) => slot.id)).toEqual(['0000-03:15', 'before', 'over']);
    expect(builtUnder(rules({ permitted: [] }), [slot('05:30')]).items).toBe(0);
  });

  it('asks the whole law: weekdays, sessions a day, minutes a session, days of silence', () => {
    const two = [
      { start: '05:30', minutes: 60 },
      { start: '11:00', minutes: 60 },
      { start: '17:00', minutes: 60 },
    ];
    const slots = [slot('05:40'), slot('06:10'), slot('11:10'), slot('17:10'), slot('20:00')];
    const heard = (law: PlanChannel) =>
      documentOf(builtUnder(law, slots).json).items.map(({ localTime }) => localTime.slice(0, 5));
    // It is a Wednesday. A slot outside of every window breaks no law as long as sessions are not counted.
    expect(heard(rules({}, two))).toEqual(['05:40', '06:10', '11:10', '17:10', '20:00']);
    expect(heard(rules({ weekdays: [1, 2, 4, 5] }, two))).toEqual([]);
    expect(heard(rules({ sessionsPerDay: 2 }, two))).toEqual(['05:40', '06:10', '11:10']);
    expect(heard(rules({ minutesPerSession: 30 }, two))).toEqual(['05:40', '11:10', '17:10']);
    expect(heard(rules({ silentDates: new Set([date]) }, two))).toEqual([]);
    const tomorrow = { from: '2026-11-26', policy: { permitted: [] } };
    expect(heard(rules({ later: [tomorrow] }, two))).toHaveLength(5);
    expect(heard(rules({ later: [{ ...tomorrow, from: date }] }, two))).toEqual([]);
    const special = { windowId: 'w0', date, kind: 'special' as const };
    expect(heard({ ...rules({ weekdays: [1, 2, 4, 5] }, two), overrides: [special] })).toEqual(['05:40', '06:10']);
    const why = builtUnder(rules({ sessionsPerDay: 2 }, two), slots).leftOut.map((left) => left.why.vi);
    expect(why[0]).toBe('Mỗi ngày chỉ được 2 buổi phát; buổi này là buổi thừa.');
  });

  it('only an emergency with a named authoriser passes, and the player is told the name', () => {
    const night = slot('03:15', { authorisedBy: 'Nguyễn Văn A' });
    const nobody = slot('03:20', { authorisedBy: ' ' });
    const built = buildPlaylist(question({ slots: [night, nobody, slot('05:30')] }));
    const { items } = documentOf(built.json);
    expect(items.map(({ slotId, authorisedBy }) => [slotId, authorisedBy])).toEqual([
      [night.id, 'Nguyễn Văn A'],
      ['0000-05:30', undefined],
    ]);
    expect(built.leftOut.map(({ slot }) => slot.id)).toEqual([nobody.id]);
  });

  it('gives the same bytes for the same slots in any order, and another tag for any other content', () => {
    const times = fc.uniqueArray(fc.integer({ min: 300, max: 1258 }), { minLength: 1, maxLength: 12 });
    const anySlots = times.map((minutes) =>
      minutes.map((m) => slot(`${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)),
    );
    fc.assert(
      fc.property(anySlots, fc.nat(), fc.string({ unit: 'binary' }), (slots, seed, title) => {
        const shuffled = [...slots].sort(
          (a, b) => ((a.startsAt * (seed + 7)) % 101) - ((b.startsAt * (seed + 7)) % 101),
        );
        const one = buildPlaylist(question({ slots }));
        expect(buildPlaylist(question({ slots: shuffled }))).toEqual(one);
        const changed = slots.map((s, i) => (i === seed % slots.length ? { ...s, title: `${s.title}x${title}` } : s));
        const other = buildPlaylist(question({ slots: changed }));
        expect(other.etag).not.toBe(one.etag);
        expect(buildPlaylist(question({ slots, version: 4 })).etag).not.toBe(one.etag);
      }),
    );
  });

  it('holds any title in one line and in well-formed XML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (title) => {
        const built = buildPlaylist(question({ slots: [slot('05:30', { title, campaign: title })] }));
        expect(built.m3u8.split('\n')).toHaveLength(7);
        expect(built.m3u8).toContain(`#EXTINF:30,Bắc Hà - ${plainLine(title)}\n`);
        expect(() => convert(built.xspf, { format: 'object' })).not.toThrow();
        expect(documentOf(built.json).items[0]?.title).toBe(title.toString());
      }),
    );
  });

  it('a title that looks like markup or an entity is just characters in XSPF', () => {
    const { xspf } = buildPlaylist(question({ slots: [slot('05:30', { title: 'A &nbsp; &#0; <b> & B' })] }));
    expect(xspf).toContain('<title>A &amp;nbsp; &amp;#0; &lt;b&gt; &amp; B</title>');
  });
});
