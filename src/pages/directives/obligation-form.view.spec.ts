import type { Obligation } from '../../directives/obligation.entity.js';
import { obligationVersion } from '../../directives/obligation-correction.js';
import { parseCorrection, obligationForm } from './obligation-form.view.js';

const read: Obligation = {
  id: 'a',
  directiveId: 'd',
  assignment: 1,
  channelKind: 'ward-loudspeaker',
  addressees: [],
  minPlaysPerDay: 2,
  maxPlaysPerDay: null,
  from: '2026-11-25',
  until: null,
  reportDue: null,
};

describe('the form that mends an obligation', () => {
  it('says what was read, and means it again', () => {
    const form = obligationForm(read);
    expect(form).toMatchObject({ minPlaysPerDay: '2', maxPlaysPerDay: '', from: '2026-11-25', open: false });
    expect({ ...read, ...parseCorrection(form) }).toEqual({ ...read, addressees: [''] });
    expect(parseCorrection({ ...form, minPlaysPerDay: 'hai' }).minPlaysPerDay).toBeNaN();
  });

  it('keeps what was typed, in the form that was refused only', () => {
    const target = { channelKind: 'ward-loudspeaker' as const, addressees: '' };
    const typed = {
      ...target,
      minPlaysPerDay: '99',
      maxPlaysPerDay: '',
      from: '',
      until: '',
      reportDue: '',
      seen: 'old',
    };
    const refused = { obligationId: 'a', typed, problems: { minPlaysPerDay: 'Sai.' }, overtaken: false };
    expect(obligationForm(read, refused)).toMatchObject({ ...typed, problems: refused.problems, open: true });
    expect(obligationForm({ ...read, id: 'b' }, refused)).toMatchObject({ minPlaysPerDay: '2', open: false });
    expect(obligationForm(read, { ...refused, overtaken: true }).seen).toBe(obligationVersion(read));
  });
});
