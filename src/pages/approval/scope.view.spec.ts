import type { Scope } from '../../approvals/scope.js';
import { approvedScope, parseNarrowerScope, scopeFormView, scopeInShort, type ScopeForm } from './scope.view.js';

const campaign: Omit<Scope, 'channelIds'> = { from: '2026-11-24', until: '2026-11-30', bulletinClass: 'priority' };
const untouched: ScopeForm = { channels: [], from: '2026-11-24', until: '2026-11-30', bulletinClass: 'priority' };
const channels = ['c', 'a', 'b'].map((id) => ({ id, name: `Phường ${id.toUpperCase()}` }));
const names = new Map(channels.map(({ id, name }) => [id, name]));

describe('the form that narrows an approval', () => {
  it('means nothing as long as nobody touches it, and nothing where a field is empty', () => {
    expect(parseNarrowerScope(untouched, campaign)).toEqual({});
    expect(parseNarrowerScope({ channels: [], from: '', until: '', bulletinClass: '' }, campaign)).toEqual({});
  });

  it('means exactly what was taken away', () => {
    expect(parseNarrowerScope({ ...untouched, channels: ['b', 'a', 'b'], until: '2026-11-26' }, campaign)).toEqual({
      channelIds: ['a', 'b'],
      until: '2026-11-26',
    });
    expect(parseNarrowerScope({ ...untouched, bulletinClass: 'normal' }, campaign)).toEqual({
      bulletinClass: 'normal',
    });
    expect(() => parseNarrowerScope({ ...untouched, from: '2026-02-30' }, campaign)).toThrow(
      expect.objectContaining({ code: 'bad-form', details: { field: 'from' } }),
    );
  });

  it('is closed until it is used, and keeps what was chosen', () => {
    expect(scopeFormView(campaign, channels)).toMatchObject({ open: false, from: '2026-11-24', until: '2026-11-30' });
    const typed = { ...untouched, channels: ['b'], until: '2026-12-31', bulletinClass: 'normal' as const };
    const view = scopeFormView(campaign, channels, typed);
    expect(view).toMatchObject({ open: true, until: '2026-12-31', latest: '2026-11-30', choice: true });
    expect(view.channels.filter(({ chosen }) => chosen).map(({ id }) => id)).toEqual(['b']);
    expect(view.classes).toEqual([
      { value: 'normal', name: 'thông thường', chosen: true },
      { value: 'priority', name: 'ưu tiên', chosen: false },
    ]);
  });

  it('offers no choice that is none', () => {
    const view = scopeFormView({ ...campaign, bulletinClass: 'normal' }, channels.slice(0, 1));
    expect(view).toMatchObject({ channels: [], choice: false });
  });
});

describe('what was approved', () => {
  it('is told in full on its page', () => {
    const scope: Scope = { ...campaign, channelIds: ['c', 'a', 'gone'], until: '2026-11-26' };
    expect(approvedScope(scope, campaign, names)).toEqual({
      narrower: true,
      channels: ['kênh không còn hoạt động', 'Phường A', 'Phường C'],
      everywhere: false,
      period: 'từ 24/11/2026 đến hết 26/11/2026',
      importance: 'ưu tiên',
    });
    expect(approvedScope(null, campaign, names)).toMatchObject({ narrower: false, everywhere: true });
  });

  it('is told in short only where it is less than the campaign', () => {
    const whole: Scope = { ...campaign, channelIds: null };
    const short = (scope: Scope | null) =>
      scopeInShort(scope, campaign, names)
        .map(({ text }) => text)
        .join(' · ');
    expect([short(null), short(whole)]).toEqual(['', '']);
    expect(short({ ...whole, channelIds: ['b', 'a'] })).toBe('Phường A, Phường B');
    expect(short({ ...whole, channelIds: ['1', '2', '3', '4'], bulletinClass: 'normal' })).toBe(
      '4 kênh · tin thông thường',
    );
    expect(short({ ...whole, from: '2026-11-25' })).toBe('từ 25/11/2026 đến hết 30/11/2026');
  });
});
