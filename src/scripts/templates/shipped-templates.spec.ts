import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { channelKinds } from '../../shared/channel-kind.js';
import { DomainError } from '../../shared/domain-error.js';
import { PICTOGRAPHIC } from '../../shared/pictographic.js';
import { pickTemplate } from './pick-template.js';
import { render } from './render.js';
import { subjectGroups } from './subject-group.js';
import type { Template, VariableValue } from './template.js';
import { loadTemplateFiles, type TemplateSet } from './template-files.js';

const signs = new RegExp(String.raw`[()/☐✅\-–•*#${PICTOGRAPHIC}]`, 'u');

const folder = fileURLToPath(new URL('../../../scripts-content/templates', import.meta.url));

/** A ward broadcaster reads about 200 syllables a minute. */
const SYLLABLES_A_SECOND = 200 / 60;

function examples(template: Template, only: 'required' | 'all'): Record<string, VariableValue> {
  const chosen = [...template.variables].filter(([, v]) => only === 'all' || v.required);
  return Object.fromEntries(chosen.map(([name, { example }]) => [name, example]));
}

describe('The templates in scripts-content', () => {
  let set: TemplateSet;
  beforeAll(async () => {
    set = await loadTemplateFiles(folder);
  });
  const each = (check: (template: Template, text: string, title: string) => void) => {
    for (const template of set.templates.values()) {
      for (const only of ['all', 'required'] as const) {
        const { text, title } = render(template, examples(template, only), set.partials);
        check(template, text, title);
      }
    }
  };

  it('serve every subject on every channel kind', () => {
    for (const subject of subjectGroups) {
      for (const kind of channelKinds)
        expect([subject, kind, pickTemplate(set.templates.values(), subject, kind)]).not.toContain(undefined);
    }
    expect(set.templates.size).toBe(subjectGroups.length * 4);
  });

  it('leave no hole and no loose mark, with every value and with only the required ones', () => {
    each((template, text, title) => {
      for (const printed of [text, title]) {
        const hole = /\{\{|\}\}|undefined|null|\[object/.exec(printed);
        const looseMark = / [,.;!?)]|\( |[,:] ?[,.]|(?<!\.)\.\.(?!\.)/.exec(printed);
        expect([template.code, hole?.[0], looseMark?.[0]]).toEqual([template.code, undefined, undefined]);
      }
      expect(title.length).toBeGreaterThan(10);
      expect(text).toBe(text.normalize('NFC'));
    });
  });

  it('call the station, say good-bye, and take one to two minutes on a loudspeaker', () => {
    let spoken = 0;
    each((template, text) => {
      if (template.kind !== 'loudspeaker') return;
      expect(text).toMatch(/^Đây là hệ thống truyền thanh phường Bắc Hà\./);
      expect(text).toMatch(/Hệ thống truyền thanh phường Bắc Hà xin cảm ơn bà con đã lắng nghe\. Kính chào bà con!$/);
      expect(text).toMatch(/xin nhắc lại/i);
      const seconds = text.split(/\s+/).length / SYLLABLES_A_SECOND;
      spoken++;
      expect([template.code, seconds >= 50 && seconds <= 125, seconds]).toEqual([template.code, true, seconds]);
    });
    expect(spoken).toBe(subjectGroups.length * 2);
  });

  it('are written to be heard: no bracket, slash, emoji, or list mark in a loudspeaker text', () => {
    each((template) => {
      if (template.kind !== 'loudspeaker') return;
      expect(template.body.replace(/\{\{.*?\}\}/gs, '')).not.toMatch(signs);
    });
  });

  it('end a post with hashtags and give a leaflet boxes to tick', () => {
    each((template, text) => {
      if (template.kind === 'fanpage') expect(text).toMatch(/\n\n(#[\p{L}\d]+ ?){2,4}$/u);
      if (template.kind === 'leaflet') expect(text.match(/^☐ /gm)?.length ?? 0).toBeGreaterThanOrEqual(3);
      if (template.kind === 'website') expect(text.split('\n\n').length).toBeGreaterThanOrEqual(3);
    });
  });

  it('take any strings: a text or a DomainError, never a value that is none', () => {
    const all = [...set.templates.values()];
    const strange = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('{{x}}', '{{{x}}}', '{{> y}}', '$1'),
    );
    const pick = fc.record({
      template: fc.constantFrom(...all),
      only: fc.constantFrom('required' as const, 'all' as const),
    });
    let made = 0;
    fc.assert(
      fc.property(pick, fc.array(strange, { minLength: 12, maxLength: 12 }), ({ template, only }, strings) => {
        const text = (i: number) => strings[i % strings.length] ?? '';
        // Texts and lists accept arbitrary content; the other types keep their examples, otherwise every case would be
        // refused.
        const values = Object.entries(examples(template, only)).map(([name, example], i) => {
          const { type } = template.variables.get(name)!;
          return [name, type === 'text' ? text(i) : type === 'list' ? [text(i), text(i + 1)] : example];
        });
        try {
          const printed = render(template, Object.fromEntries(values), set.partials);
          made++;
          expect(printed.title + printed.text).not.toMatch(/\[object Object\]|undefined/);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
      { numRuns: 500 },
    );
    expect(made).toBeGreaterThan(50);
  });
});
