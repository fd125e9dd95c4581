import { fileURLToPath } from 'node:url';
import type { Directive } from '../../directives/directive.entity.js';
import { loadTemplateFiles } from '../../scripts/templates/template-files.js';
import type { Template } from '../../scripts/templates/template.js';
import { aCampaign, anObligation } from '../parts/script-facts.fake.js';
import { draftForms, type TypedDraft, wantedKinds } from './script-new.view.js';

const folder = fileURLToPath(new URL('../../../scripts-content/templates', import.meta.url));
let templates: Template[];
beforeAll(async () => {
  templates = [...(await loadTemplateFiles(folder)).templates.values()];
});

const directive = (subject: string | null) =>
  ({
    number: '12/UBND',
    issuedOn: '2026-11-20',
    issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh',
    subject,
    references: [],
    assignments: [],
    body: '',
  }) as unknown as Directive;

const SPEAKER = 'Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh';
const forms = (subject: string | null, typed?: TypedDraft, known: { name: string; value: string }[] = []) => {
  const facts = known.map((one) => ({
    ...one,
    id: 'f',
    campaignId: 'k',
    asOf: '',
    source: '',
    recordedAt: 0,
    recordedBy: null,
  }));
  const obligations = [anObligation()];
  return draftForms(
    { templates, campaign: aCampaign(), directive: directive(subject), obligations, facts, speaker: SPEAKER },
    typed,
  );
};

describe('drafts for the kinds that the letter names', () => {
  it('are those kinds in the order of the house; all of them when the letter names none', () => {
    expect(
      wantedKinds([{ channelKind: 'leaflet' }, { channelKind: 'city-loudspeaker' }, { channelKind: 'leaflet' }]),
    ).toEqual(['city-loudspeaker', 'leaflet']);
    expect(wantedKinds([])).toHaveLength(5);
  });

  it('a letter that says enough fills the template of its subject', () => {
    const made = forms('V/v phòng, chống sốt xuất huyết');
    expect(made.map(({ code, missing, open }) => [code, missing, open])).toEqual([
      ['dengue-prevention.loudspeaker', '', true],
    ]);
    expect(made[0]?.fields.find(({ name }) => name === 'placeName')?.value).toBe('thành phố Hà Tĩnh');
  });

  it('a letter that does not say the day gets the general template, and the form of its subject with what is missing', () => {
    const made = forms('V/v tiêm chủng cho trẻ em');
    expect(made.map(({ code }) => code)).toEqual(['general.loudspeaker', 'vaccination-day.loudspeaker']);
    expect(made[0]?.missing).toBe('');
    expect(made[1]?.missing).not.toBe('');
    expect(made.map(({ open }) => open)).toEqual([true, false]);
  });

  it('without a subject line the campaign says what it is about', () => {
    expect(forms(null)[0]?.fields.find(({ name }) => name === 'matter')?.value).toBe('Đợt một');
  });

  it('figures that a person has recorded are filled in', () => {
    const made = forms('V/v phòng, chống sốt xuất huyết', undefined, [{ name: 'caseCount', value: '37' }]);
    expect(made[0]?.fields.find(({ name }) => name === 'caseCount')?.value).toBe('37');
  });

  it('a form that was refused keeps what was typed, and says beside the field what is wrong', () => {
    const typed: TypedDraft = {
      channelKind: 'ward-loudspeaker',
      templateCode: 'vaccination-day.loudspeaker',
      title: '',
      text: '',
      variables: { placeName: 'phường Bắc Hà', day: 'thứ Bảy' },
    };
    const [general, own] = forms('V/v tiêm chủng cho trẻ em', typed);
    expect([general?.open, own?.open]).toEqual([false, true]);
    expect(own?.fields.find(({ name }) => name === 'placeName')).toMatchObject({ value: 'phường Bắc Hà', problem: '' });
    expect(own?.fields.filter(({ problem }) => problem).length).toBeGreaterThan(0);
    expect(general?.fields.every(({ problem }) => problem === '')).toBe(true);
  });
});
