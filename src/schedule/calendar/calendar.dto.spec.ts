import { calendarDays, calendarQuery } from './calendar.dto.js';

const days = (query: Record<string, string>) => {
  const parsed = calendarQuery.safeParse(query);
  if (!parsed.success) return 'malformed';
  const { from, until } = calendarDays(parsed.data);
  return `${from} ${until}`;
};

describe('the days of a calendar', () => {
  it.each([
    [{ month: '2026-11' }, '2026-10-26 2026-12-06'],
    [{ month: '2027-02' }, '2027-02-01 2027-02-28'],
    [{ month: '2028-02' }, '2028-01-31 2028-03-05'],
    [{ month: '2026-12' }, '2026-11-30 2027-01-03'],
    [{ week: '2026-11-25' }, '2026-11-23 2026-11-29'],
    [{ week: '2026-11-29' }, '2026-11-23 2026-11-29'],
    [{ from: '2026-11-25', until: '2026-11-25' }, '2026-11-25 2026-11-25'],
    [{ from: '2026-11-01', until: '2026-12-12' }, '2026-11-01 2026-12-12'],
  ])('%j', (query, expected) => {
    expect(days(query as Record<string, string>)).toBe(expected);
  });

  it.each([
    {},
    { month: '2026-13' },
    { month: '9999-01' },
    { week: '2026-02-30' },
    { from: '2026-11-25' },
    { month: '2026-11', week: '2026-11-25' },
    { month: '2026-11', extra: '1' },
  ])('refuses %j', (query) => {
    expect(days(query as unknown as Record<string, string>)).toBe('malformed');
  });

  it.each([
    { from: '2026-11-25', until: '2026-11-24' },
    { from: '2026-11-01', until: '2026-12-13' },
  ])('refuses %j as too few or too many days', (query) => {
    expect(() => days(query)).toThrow(expect.objectContaining({ code: 'bad-horizon' }) as Error);
  });
});
