import { DomainError } from '../shared/domain-error.js';
import { obligationVersion, type ObligationFields, requireFields } from './obligation-correction.js';

const right: ObligationFields = {
  channelKind: 'ward-loudspeaker' as const,
  addressees: [],
  minPlaysPerDay: 2,
  maxPlaysPerDay: 3,
  from: '2026-11-25',
  until: '2026-11-28',
  reportDue: '2026-12-05',
};

function refusal(change: Partial<ObligationFields>): unknown {
  try {
    requireFields({ ...right, ...change });
    return null;
  } catch (error) {
    return error instanceof DomainError ? [error.kind, error.code, error.details['field']] : error;
  }
}

describe('the correction of an obligation', () => {
  it.each<[string, Partial<ObligationFields>]>([
    ['as the letter says it', {}],
    ['nothing said', { minPlaysPerDay: null, maxPlaysPerDay: null, from: null, until: null, reportDue: null }],
    ['only at most', { minPlaysPerDay: null }],
    ['only at least', { maxPlaysPerDay: null, minPlaysPerDay: 48 }],
    ['exactly once', { minPlaysPerDay: 1, maxPlaysPerDay: 1 }],
    ['one day', { from: '2026-11-25', until: '2026-11-25' }],
    ['no end', { until: null }],
    ['no beginning', { from: null }],
  ])('%s passes', (_, change) => expect(refusal(change)).toBeNull());

  it.each<[Partial<ObligationFields>, string, string]>([
    [{ minPlaysPerDay: 0 }, 'bad-plays', 'minPlaysPerDay'],
    [{ minPlaysPerDay: 1.5 }, 'bad-plays', 'minPlaysPerDay'],
    [{ minPlaysPerDay: NaN }, 'bad-plays', 'minPlaysPerDay'],
    [{ maxPlaysPerDay: 49 }, 'bad-plays', 'maxPlaysPerDay'],
    [{ minPlaysPerDay: 4 }, 'bad-plays', 'maxPlaysPerDay'],
    [{ from: '2026-02-30' }, 'bad-date', 'from'],
    [{ until: '25/11/2026' }, 'bad-date', 'until'],
    [{ reportDue: '1026-12-05' }, 'bad-date', 'reportDue'],
    [{ from: '2026-11-29' }, 'bad-period', 'until'],
  ])('%j is refused beside its field', (change, code, field) => {
    expect(refusal(change)).toEqual(['invalid', code, field]);
  });

  it('a version is of what is said, whatever else the row holds', () => {
    expect(obligationVersion({ ...right, id: 'x' } as ObligationFields)).toBe(obligationVersion(right));
    expect(obligationVersion({ ...right, until: null })).not.toBe(obligationVersion(right));
  });
});
