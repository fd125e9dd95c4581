import { missingText, periodText, playsText } from './directive.view.js';

describe('an obligation in words', () => {
  it.each([
    [null, null, 'không nêu'],
    [2, 2, '2'],
    [2, null, 'ít nhất 2'],
    [null, 4, 'nhiều nhất 4'],
    [3, 5, '3–5'],
  ])('%s to %s plays', (minPlaysPerDay, maxPlaysPerDay, text) => {
    expect(playsText({ minPlaysPerDay, maxPlaysPerDay })).toBe(text);
  });

  it('says what it knows of the period', () => {
    expect(periodText(null, '2026-12-31')).toBe('đến hết 31/12/2026');
    expect(periodText('2026-12-01', '2026-12-31')).toBe('01/12/2026 – 31/12/2026');
    expect(periodText('2026-12-01', null)).toBe('từ 01/12/2026');
    expect(periodText(null, null)).toBe('không nêu');
  });

  it('names as missing from the letter only what the table of obligations does not say itself', () => {
    expect(missingText(['urgency', 'minPlaysPerDay', 'reportDue'])).toBe('độ khẩn');
    expect(missingText(['until'])).toBe('');
  });
});
