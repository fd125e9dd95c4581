import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { channelKinds } from '../../shared/channel-kind.js';
import { draftFor, pickTemplate } from './pick-template.js';
import { render } from './render.js';
import { pickSubject } from './subject-group.js';
import type { LetterFacts } from './suggest.js';
import type { Template } from './template.js';
import { loadTemplateFiles, type TemplateSet } from './template-files.js';

const root = new URL('../../../', import.meta.url);

describe('The draft that a letter allows', () => {
  let set: TemplateSet;
  let templates: Template[];
  beforeAll(async () => {
    set = await loadTemplateFiles(fileURLToPath(new URL('scripts-content/templates', root)));
    templates = [...set.templates.values()];
  });

  const appLetter: LetterFacts = {
    directive: {
      number: '77/UBND-VHTT',
      issuedOn: '2026-11-10',
      issuer: 'ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ TĨNH',
      subject: 'V/v tuyên truyền cài đặt ứng dụng VNeID',
      body: '',
    },
    unitName: 'Phường Bắc Hà',
  };

  it('is of the subject when the letter holds all that its template requires', () => {
    for (const kind of channelKinds) {
      const draft = draftFor(templates, 'app-campaign', kind, appLetter);
      expect(draft).toMatchObject({ template: { subject: 'app-campaign' }, missing: [] });
      expect(draft?.wanted).toBeUndefined();
      expect(render(draft!.template, draft!.variables, set.partials).text).toContain('VNeID');
    }
  });

  it('is general when it does not, and says what is wanting', () => {
    const letter = { ...appLetter, directive: { ...appLetter.directive, subject: 'V/v tổ chức ngày tiêm chủng' } };
    const draft = draftFor(templates, 'vaccination-day', 'ward-loudspeaker', letter);
    expect(draft).toMatchObject({ template: { code: 'general.loudspeaker' }, missing: [] });
    expect(draft?.wanted?.template.code).toBe('vaccination-day.loudspeaker');
    expect(draft?.wanted?.missing.map(({ name }) => name)).toEqual([
      'vaccine',
      'people',
      'day',
      'startTime',
      'endTime',
      'site',
    ]);
    expect(render(draft!.template, draft!.variables, set.partials).text).toContain('về việc tổ chức ngày tiêm chủng');
  });

  it('names what even the general template lacks', () => {
    const draft = draftFor(templates, 'general', 'fanpage', { directive: {}, unitName: 'Hội Phụ nữ' });
    expect(draft?.missing.map(({ label }) => label)).toEqual([
      'Địa bàn',
      'Việc được thông báo',
      'Cơ quan ban hành',
      'Số văn bản',
    ]);
  });

  it('prefers a template of the exact loudspeaker kind', () => {
    const both = templates.find((t) => t.code === 'general.loudspeaker')!;
    const ward: Template = { ...both, code: 'general.ward', kind: 'ward-loudspeaker' };
    expect(pickTemplate([both, ward], 'general', 'ward-loudspeaker')).toBe(ward);
    expect(pickTemplate([ward, both], 'general', 'city-loudspeaker')).toBe(both);
    expect(pickTemplate([ward, both], 'general', 'fanpage')).toBeUndefined();
    expect(draftFor([], 'general', 'fanpage', appLetter)).toBeUndefined();
  });

  // The letter of August 2020 is not part of the repository; this test runs only where the file exists.
  const letter = new URL('../shared/directives/1871-UBND-VHTT-2020.txt', root);
  (existsSync(letter) ? it : it.skip)('carries the model letter to a text on every channel', () => {
    const body = readFileSync(letter, 'utf8');
    const subject = 'V/v triển khai tuyên truyền cài đặt ứng dụng Bluezone';
    const directive = { ...appLetter.directive, number: '1871/UBND-VHTT', issuedOn: '2020-08-05', subject, body };
    expect(pickSubject(subject, body)).toBe('app-campaign');
    for (const kind of channelKinds) {
      const draft = draftFor(templates, pickSubject(subject, body), kind, { directive, unitName: 'Phường Bắc Hà' });
      const { text } = render(draft!.template, draft!.variables, set.partials);
      expect(text).toContain('Bluezone');
      expect(text).toContain('bluezone.gov.vn');
      expect(draft).toMatchObject({ template: { subject: 'app-campaign' }, missing: [] });
    }
  });
});
