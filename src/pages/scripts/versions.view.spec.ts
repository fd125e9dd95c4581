import fc from 'fast-check';
import { VIETNAM } from '../../shared/local-time.js';
import { aScript, aVersion } from '../parts/script-facts.fake.js';
import { thinPeaks } from '../parts/clip.view.js';
import { variantsOf } from './variants.view.js';
import { versionsView, wordDiff } from './versions.view.js';

describe('two versions beside each other', () => {
  it('differ word by word, a word with its tone marks being one', () => {
    expect(wordDiff('Bà con diệt bọ gậy mỗi tuần.', 'Bà con diệt lăng quăng mỗi tuần.')).toEqual([
      { text: 'Bà con diệt ', kind: '' },
      { text: 'bọ', kind: 'removed' },
      { text: 'lăng', kind: 'added' },
      { text: ' ', kind: '' },
      { text: 'gậy', kind: 'removed' },
      { text: 'quăng', kind: 'added' },
      { text: ' mỗi tuần.', kind: '' },
    ]);
  });

  it('give both texts back, whatever they are', () => {
    const words = fc.array(fc.constantFrom('bà', 'con', ' ', '\n', 'đi', '5km', ',', 'ỷ'), { maxLength: 40 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const pieces = wordDiff(a.join(''), b.join(''));
        const without = (kind: string) => pieces.flatMap((one) => (one.kind === kind ? [] : [one.text])).join('');
        expect([without('added'), without('removed')]).toEqual([a.join(''), b.join('')]);
      }),
    );
  });

  const versions = [
    aVersion({ id: 'v3', n: 3, body: 'Một hai ba' }),
    aVersion({ id: 'v2', n: 2, body: 'Một hai', state: 'superseded' }),
    aVersion({ id: 'v1', n: 1, body: 'Một', state: 'superseded' }),
  ];
  const view = (asked: { from?: number; to?: number }, of = versions) =>
    versionsView(of, asked, (id) => id ?? '', VIETNAM);

  it('are the last two, unless others are asked for', () => {
    expect(view({})).toMatchObject({ from: '2', to: '3', addedWords: '1', removedWords: '0', onlyOne: false });
    expect(view({ from: 1, to: 3 })).toMatchObject({ addedWords: '2' });
    expect(view({ to: 2 })).toMatchObject({ from: '1', to: '2' });
    expect(view({ from: 9 })).toBeNull();
    expect(view({}, [aVersion()])).toMatchObject({ onlyOne: true, same: false });
  });
});

describe('the same matter for the channels', () => {
  it('stands in the order of the channels, for the same people only', () => {
    const one = (id: string, change: Parameters<typeof aScript>[0]) => ({
      script: aScript({ id, ...change }),
      version: aVersion({ id: `v-${id}`, body: 'Hai từ' }),
    });
    const all = [
      one('leaflet', { channelKind: 'leaflet' }),
      one('page', { channelKind: 'fanpage' }),
      one('old', { createdAt: 1 }),
      one('ward', { createdAt: 2 }),
      one('other', { unitId: 'u' }),
      one('elsewhere', { campaignId: 'k2' }),
    ];
    const shown = variantsOf(all, aScript({ id: 'page' }));
    expect(shown.map(({ id, current, words }) => [id, current, words])).toEqual([
      ['ward', false, '2'],
      ['page', true, '2'],
      ['leaflet', false, '2'],
    ]);
  });
});

describe('the shape of a clip', () => {
  it('is thinned without losing a burst', () => {
    expect(thinPeaks([0.1, 0.9, 0.2, 0.3, 0.4], 3)).toEqual([0.9, 0.3, 0.4]);
    expect(thinPeaks([0.5], 400)).toEqual([0.5]);
    expect(thinPeaks([], 400)).toEqual([]);
  });
});
