import fc from 'fast-check';
import { defaultReadingSettings } from '../../speech/reading/text/reading.js';
import { prepare } from '../../speech/reading/read.js';
import { correctionOf, readingChanges, readingPieces } from './reading.view.js';

const reader = prepare([], defaultReadingSettings);

describe('a reading on the screen', () => {
  it('shows what is heard and marks where it leaves the text', () => {
    const text = '- Từ ngày 05/8/2020, bà con đi 5km.';
    const pieces = readingPieces(text, reader.read(text));
    expect(
      pieces
        .map((piece) => piece.text)
        .join('')
        .trim(),
    ).toBe('Từ ngày mùng năm tháng tám năm hai nghìn không trăm hai mươi, bà con đi năm ki lô mét.');
    const changed = pieces.filter((piece) => piece.mark === 'changed');
    expect(changed.map((piece) => piece.source)).toContain('05/8/2020');
    expect(pieces.find((piece) => piece.text === 'con')?.mark ?? '').toBe('');
  });

  it('shows every word that is heard and no other', () => {
    const words = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const bits = fc.constantFrom(
      'bà con',
      '05/8/2020',
      'UBND',
      ' ',
      '\n',
      '5km',
      '3-5 lần',
      '(',
      '1.200',
      '📢',
      '- ',
      'a',
      '½',
      ':',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const reading = reader.read(text);
        const shown = readingPieces(text, reading).filter((piece) => piece.mark !== 'lost');
        expect(words(shown.map((piece) => piece.text).join(''))).toEqual(words(reading.spoken));
      }),
    );
  });

  it('what nobody would hear is shown as it is written', () => {
    const spans = [{ start: 0, end: 1, source: '☃', spoken: '', rule: 'none', sure: false }];
    expect(readingPieces('☃', { spans })).toEqual([{ text: '☃', mark: 'lost', source: '☃', at: '0-1' }]);
  });

  it('lists each change once', () => {
    const text = 'UBND và UBND';
    const spans = [
      { start: 0, end: 4, source: 'UBND', spoken: 'ủy ban nhân dân', rule: 'lexicon', sure: true },
      { start: 5, end: 7, source: 'và', spoken: 'và', rule: 'plain', sure: true },
      { start: 8, end: 12, source: 'UBND', spoken: 'ủy ban nhân dân', rule: 'lexicon', sure: true },
    ];
    expect(readingChanges(readingPieces(text, { spans }))).toEqual([{ written: 'UBND', spoken: 'ủy ban nhân dân' }]);
  });

  it('a stretch is corrected where it is, and what a person decided is told apart', () => {
    const text = 'Gọi UBND';
    const reading = reader.read(text);
    const at = readingPieces(text, reading).find(({ source }) => source === 'UBND')?.at ?? '';
    expect(at).toBe('4-8');
    expect(correctionOf(reading, at)).toMatchObject({ start: '4', end: '8', source: 'UBND', decided: false });
    expect(correctionOf(reading, '3-8')).toBeNull();
    const typed = { spoken: 'ủy ban 2', where: 'script' } as const;
    expect(correctionOf(reading, at, typed)).toMatchObject({ source: 'UBND', ...typed });
    const spans = [{ start: 4, end: 8, source: 'UBND', spoken: '', rule: 'decision', sure: true, decision: 'd' }];
    expect(readingPieces(text, { spans }).find(({ at: place }) => place)).toMatchObject({
      text: 'UBND',
      mark: 'skipped',
    });
    const said = [{ start: 4, end: 8, source: 'UBND', spoken: 'ủy ban', rule: 'decision', sure: true, decision: 'd' }];
    expect(readingPieces(text, { spans: said }).find(({ at: place }) => place)?.mark).toBe('decided');
  });

  it('what a person skipped is no word that is heard, and no stretch that nothing reads', () => {
    const text = '₪ Bà con';
    const skipped = reader.read(text, [{ id: 'd', source: '₪', spoken: '', anchor: null }]);
    const pieces = readingPieces(text, skipped);
    expect(pieces.filter(({ mark }) => mark === 'lost')).toEqual([]);
    expect(pieces.find(({ mark }) => mark === 'skipped')).toMatchObject({ source: '₪', text: '₪' });
    expect(readingChanges(pieces)).toEqual([]);
  });
});
