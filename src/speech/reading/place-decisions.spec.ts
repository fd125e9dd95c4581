import fc from 'fast-check';
import { anchorOf, type TextDecision } from './place-decisions.js';
import { prepare } from './read.js';
import { defaultReadingSettings } from './text/reading.js';

const reader = prepare([], defaultReadingSettings);

function here(text: string, source: string, spoken: string, nth = 0, id = 'q'): TextDecision {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = text.indexOf(source, start + 1);
  return { id, source, spoken, anchor: anchorOf(text, start, start + source.length) };
}
const everywhere = (source: string, spoken: string): TextDecision => ({ id: 'w', source, spoken, anchor: null });

describe('a decision', () => {
  it('holds in its place only, and the span says which it is', () => {
    const text = 'Tổ 5 họp, tổ 5 nghỉ.';
    const { spoken, spans } = reader.read(text, [here(text, '5', 'năm a', 1)]);
    expect(spoken).toBe('Tổ năm họp, tổ năm a nghỉ.');
    expect(spans.filter(({ decision }) => decision === 'q')).toEqual([
      { start: 13, end: 14, source: '5', spoken: 'năm a', rule: 'decision', sure: true, decision: 'q' },
    ]);
  });

  it('survives words put before, after and between', () => {
    const decided = here('Nộp 1/2 số phí. Đợt 1/2 tiêm.', '1/2', 'một nửa');
    const later = 'Kính thưa bà con! Đợt 1/2 tiêm chủng.\nGiữ lại 1/2 số phiếu. Rồi nộp 1/2 số phí, xin cảm ơn.';
    expect(reader.read(later, [decided]).spoken.match(/một nửa/g)).toHaveLength(1);
    expect(reader.read(later, [decided]).spoken).toContain('nộp một nửa số phí, xin');
  });

  it('does not speak for another place', () => {
    const decided = here('Nộp 1/2 số phí.', '1/2', 'một nửa');
    expect(reader.read('Ngày 1/2 nghỉ lễ.', [decided]).spoken).not.toContain('nửa');
  });

  it('for the whole text holds for whole words only', () => {
    expect(reader.read('Ban BK và BKX họp ở BK.', [everywhere('BK', 'Bắc Kạn')]).spoken).toBe(
      'Ban Bắc Kạn và bê ca ích họp ở Bắc Kạn.',
    );
  });

  it('passes over without a pause and without a warning', () => {
    const { spoken, warnings } = reader.read('Bà con ♪ xem.', [everywhere('♪', '')]);
    expect([spoken, warnings]).toEqual(['Bà con xem.', []]);
    expect(reader.read('Bà con xem ♪.', [everywhere('♪', '')]).spoken).toBe('Bà con xem.');
  });

  it('is never read into by a rule beside it', () => {
    const text = 'Xem http://abc.vn/lich?ngay=5 nhé.';
    const { spoken } = reader.read(text, [here(text, 'lich?ngay=5', 'trang lịch')]);
    expect(spoken).toContain('trang lịch nhé');
  });

  it('of two that meet the first in the list holds', () => {
    const text = 'ngày 05/8 họp';
    const decided = [here(text, '05/8', 'mùng năm'), here(text, '8', 'tám')];
    expect(reader.read(text, decided).spoken).toBe('ngày mùng năm họp');
  });

  it('never breaks a reading, whatever is decided about whatever text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constant('ngày 5/8, 5 kg'),
    );
    fc.assert(
      fc.property(texts, texts, fc.nat(20), fc.nat(20), (text, other, from, length) => {
        const source = text.slice(from, from + length);
        const decisions = [
          { id: 'a', source, spoken: 'một hai', anchor: anchorOf(text, from, from + length) },
          everywhere(source.slice(0, 1), ''),
        ];
        for (const one of [text, other]) {
          const { spans } = reader.read(one, decisions);
          let until = 0;
          for (const span of spans) {
            expect(span.start).toBeGreaterThanOrEqual(until);
            expect(span.source).toBe(one.slice(span.start, span.end));
            until = span.end;
          }
        }
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
