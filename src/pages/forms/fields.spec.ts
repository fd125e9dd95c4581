import { channelCode, dayInAddress, formLine, formText, rowId } from './fields.js';

describe('what comes out of forms and addresses', () => {
  it('an id that cannot be one is missing', () => {
    const id = '0199b9a4-7a3c-7abc-8def-0123456789ab';
    expect(rowId.parse(id)).toBe(id);
    expect(['x', `${id}0`, "' OR 1=1 --", '../..', '\0'.repeat(36)].map((text) => rowId.parse(text))).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
    expect(channelCode.parse('truyen-thanh-phuong-bac-ha')).toBe('truyen-thanh-phuong-bac-ha');
    expect(channelCode.parse('Bắc Hà')).toBe('');
  });

  it('a day that is none is as good as none', () => {
    expect(dayInAddress.parse('2026-11-24')).toBe('2026-11-24');
    expect([
      dayInAddress.parse('9999-12-31'),
      dayInAddress.parse('2026-02-30'),
      dayInAddress.parse(['a', 'b']),
      dayInAddress.parse(undefined),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('line ends are even and NUL is gone; what is longer than the form allows is refused', () => {
    expect(formText(10).parse('một\r\nhai\rba\0')).toBe('một\nhai\nba');
    expect(formLine(20).parse('  một\r\n hai ')).toBe('một hai');
    expect(formText(3).safeParse('bốn chữ').success).toBe(false);
  });
});
