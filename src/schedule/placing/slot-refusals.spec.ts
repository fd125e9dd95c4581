import { instantOf, VIETNAM } from '../../shared/local-time.js';
import type { Refusal } from '../planning/placement-check.js';
import { isOverlapRefusal, refused } from './slot-refusals.js';

const at = (time: string) => instantOf('2026-11-24', time, VIETNAM);
const met = ['05:30', '05:31', '05:32', '05:33'].map((time, i) => ({
  id: `${i}`,
  startsAt: at(time),
  endsAt: at(time) + 60_000,
  title: `Bài ${i}`,
}));
const overlapping: Refusal = {
  code: 'overlap',
  sentence: { vi: 'Trùng.', en: 'Overlaps.' },
  meets: met.map(({ id }) => id),
  nearestFree: [at('05:34')],
};
const tooEarly: Refusal = {
  code: 'past',
  sentence: { vi: 'Giờ này đã qua.', en: 'Over.' },
  meets: [],
  nearestFree: [at('05:34')],
};

describe('a refused placement', () => {
  it('is a conflict that names the first slots met, counts the rest and says what is free', () => {
    const error = refused([overlapping], met, VIETNAM);
    expect([error.kind, error.code]).toEqual(['conflict', 'overlap']);
    expect(error.sentence.vi).toBe(
      'Trùng với lượt phát 05:30–05:31 “Bài 0”, 05:31–05:32 “Bài 1”, 05:32–05:33 “Bài 2” và 1 lượt khác. ' +
        'Giờ trống gần nhất: Thứ Ba 24/11, 05:34.',
    );
    expect(error.details).toMatchObject({ meets: met, nearestFree: [at('05:34')] });
  });

  it('is told by the rule that is broken when there is one, with all reasons in the details', () => {
    const error = refused([overlapping, tooEarly], met, VIETNAM);
    expect([error.kind, error.code]).toEqual(['invalid', 'in-the-past']);
    expect(error.details['reasons']).toEqual([
      { code: 'overlap', message: 'Trùng.' },
      { code: 'in-the-past', message: 'Giờ này đã qua.' },
    ]);
  });
});

it.each([
  [{ driverError: { code: '23P01', constraint: 'ex_slot_overlap' } }, true],
  [{ driverError: { code: '23P01', constraint: 'ex_other' } }, false],
  [{ driverError: { code: '23505', constraint: 'uq_slot_key' } }, false],
  [{ driverError: { code: 'SQLITE_CONSTRAINT_TRIGGER', message: 'ex_slot_overlap' } }, true],
  [{ driverError: { code: 'SQLITE_CONSTRAINT_TRIGGER', message: 'ck_slot_length' } }, false],
  [{ driverError: { code: 'SQLITE_BUSY', message: 'ex_slot_overlap' } }, false],
  [new Error('ex_slot_overlap'), false],
])('the database refused an overlap: %j is %s', (error, expected) => {
  expect(isOverlapRefusal(error)).toBe(expected);
});
