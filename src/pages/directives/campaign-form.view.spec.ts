import { campaignForm, suggestedCampaign } from './campaign-form.view.js';

const suggested = (...untils: (string | null)[]) =>
  suggestedCampaign(
    { number: '1871/UBND-VHTT' },
    untils.map((until) => ({ until })),
    '2026-11-26',
  );

describe('the form for a campaign', () => {
  it('begins today and ends with the last of the letter’s obligations', () => {
    expect(suggested(null, '2026-12-31', '2026-12-15')).toEqual({
      name: 'Tuyên truyền theo văn bản 1871/UBND-VHTT',
      from: '2026-11-26',
      until: '2026-12-31',
      bulletinClass: 'normal',
    });
  });

  it('leaves the last day to the editor where the letter names none that is to come', () => {
    expect(suggested(null).until).toBe('');
    expect(suggested('2020-08-31').until).toBe('');
  });

  it('keeps what was chosen', () => {
    const form = campaignForm({ ...suggested(null), bulletinClass: 'priority' }, true);
    expect(form.classes.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['Ưu tiên']);
    expect(form.open).toBe(true);
  });
});
