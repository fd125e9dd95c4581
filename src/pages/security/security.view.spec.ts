import { VIETNAM } from '../../shared/local-time.js';
import { deviceOf, inFours, securityView } from './security.view.js';

describe('security on the screen', () => {
  it('a device is told as its owner would', () => {
    expect(
      [
        'Mozilla/5.0 (Linux; Android 14; SM-A057F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
        '<script>alert(1)</script>',
        null,
      ].map(deviceOf),
    ).toEqual([
      'Chrome trên Android',
      'Edge trên Windows',
      'Safari trên iOS',
      'Thiết bị không rõ',
      'Thiết bị không rõ',
    ]);
  });

  it('sessions have moments of Vietnam, and few recovery codes are told', () => {
    const at = Date.UTC(2026, 10, 23, 22, 30);
    const session = { id: 's', createdAt: at, lastSeenAt: at, address: '10.0.0.1', userAgent: null, current: true };
    const state = { enrolledAt: at, pending: false, recoveryCodesLeft: 2 };
    expect(securityView(state, [session], VIETNAM)).toMatchObject({
      since: 'Thứ Ba 24/11, 05:30',
      fewCodes: true,
      others: false,
      sessions: [{ seen: 'Thứ Ba 24/11, 05:30', current: true }],
    });
    expect(securityView({ ...state, enrolledAt: null }, [], VIETNAM).fewCodes).toBe(false);
  });

  it('a secret is read in fours', () => expect(inFours('ABCDEFGHIJ')).toBe('ABCD EFGH IJ'));
});
