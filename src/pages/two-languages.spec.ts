import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { channelKindNames } from '../shared/channel-kind.js';
import { instantOf, VIETNAM } from '../shared/local-time.js';
import { roleNames } from '../people/access/role.js';
import { waitingCauseNames } from '../people/accounts/waiting-period.entity.js';
import { campaignStateNames } from '../campaigns/campaign.transitions.js';
import { bulletinClassNames } from '../campaigns/bulletin-class.js';
import { evidenceNames } from '../proof/evidence.js';
import { progressMeanings, progressNames } from '../reports/progress/progress-state.js';
import { postStateNames } from '../posts/state/post.transitions.js';
import { slotStatusNames } from '../schedule/slots/slot-status.js';
import { slotKindNames } from '../schedule/slots/slot-kind.js';
import { readingChoices } from '../speech/settings/reading-choices.js';
import { versionStateNames } from '../scripts/script-version.transitions.js';
import { contributionSentences } from './approval/contributors.view.js';
import { nextSteps, scriptStageNames } from './editor-home/editor-home.view.js';
import { flashMessages } from './visit/flash-messages.js';
import { errorTitles } from './error/loa-error-page.js';
import { auditFieldNames } from './audit/audit-fields.js';
import { entityNames, verbNames } from './audit/audit-words.js';
import { directiveFieldNames } from './directives/directive.view.js';
import { detailWords } from './progress/detail.view.js';
import { menuWords } from './visit/navigation.js';
import { templateKindNames, variableTypeNames } from './templates/templates.view.js';
import { stepNames } from './scripts/script-steps.js';
import { holidayKindNames, policyHolidayNames } from './law/law.view.js';
import { channelStateNames, profileNames } from './channels/channels.view.js';
import { unitKindNames } from './units/units.view.js';
import { identStateNames, bookendKindNames } from './bookends/bookends.view.js';
import { holidayRuleNames, overrideKindNames, weekdayNames } from './windows/windows.view.js';
import { openStates } from './today/today.view.js';
import { postWords } from './posts/post.view.js';
import { clipStateNames, profileTitles } from './language/words.js';
import { englishCatalogue } from './language/catalogue.js';
import { t, vi } from './language/helpers.js';
import { runInLanguage, moment, inCurrentLanguage, translate } from './language/language.js';
import { vietnameseIn } from './language/vietnamese-letters.js';

const pages = fileURLToPath(new URL('.', import.meta.url));
const { sentences: english, clashes } = englishCatalogue();

function filesEnding(ending: string): string[] {
  return readdirSync(pages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(pages, join(entry.parentPath, entry.name)));
}
const read = (file: string) => readFileSync(join(pages, file), 'utf8');

/** The translation keys that a file contains as literals. */
function keysIn(file: string): string[] {
  const text = read(file);
  const pattern = file.endsWith('.hbs') ? /[{(]t "([^"]+)"/g : /\b(?:translate|wording)\(\s*'((?:[^'\\]|\\.)+)'/g;
  return [...text.matchAll(pattern)].map(([, key = '']) => key.replace(/\\'/g, "'").replace(/\s*\n\s*/g, ' '));
}

describe('two languages', () => {
  it('a sentence is its own key, and its braces are filled', () => {
    expect(translate('Bản {n} của {who}', { n: 3, who: 'Lan' })).toBe('Bản 3 của Lan');
    expect(runInLanguage('en', () => translate('Đăng xuất'))).toBe('Sign out');
    expect(runInLanguage('en', () => inCurrentLanguage({ vi: 'Không', en: 'No' }))).toBe('No');
  });

  it('a sentence of a template may go over several lines', () => {
    const shown = (sentence: string) => t(sentence, { hash: {} } as Handlebars.HelperOptions).toHTML();
    expect(runInLanguage('en', () => shown('Đăng\n      xuất'))).toBe('Sign out');
  });

  it('a moment is said in the zone of its place', () => {
    const at = instantOf('2026-11-24', '05:30', VIETNAM);
    expect(moment(at, VIETNAM)).toBe('Thứ Ba 24/11, 05:30');
    expect(runInLanguage('en', () => moment(at, VIETNAM))).toBe('Tue 24/11, 05:30');
  });

  it('whatever fills a sentence is escaped, and content says that it is Vietnamese', () => {
    const options = { hash: { who: '<b>' } } as unknown as Parameters<typeof t>[1];
    expect(String(t('Chào {who}', options))).toBe('Chào &lt;b&gt;');
    expect(String(runInLanguage('en', () => vi('Bà <Lan>')))).toBe('<span lang="vi">Bà &lt;Lan&gt;</span>');
    expect(String(vi('Bà <Lan>'))).toBe('Bà &lt;Lan&gt;');
    const nested = { hash: { who: runInLanguage('en', () => vi('Lan')) } } as unknown as Parameters<typeof t>[1];
    expect(String(t('Chào {who}', nested))).toBe('Chào <span lang="vi">Lan</span>');
  });

  it('every sentence in templates and code has English', () => {
    const missing = [...filesEnding('.hbs'), ...filesEnding('.ts')]
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) => keysIn(file).flatMap((key) => (english.has(key) ? [] : [`${file}: ${key}`])));
    expect(missing).toEqual([]);
  });

  it('so has every word that screens take from a table', () => {
    const tables = [
      roleNames,
      channelKindNames,
      campaignStateNames,
      versionStateNames,
      slotStatusNames,
      clipStateNames,
      templateKindNames,
      unitKindNames,
      channelStateNames,
      profileNames,
      holidayKindNames,
      policyHolidayNames,
      holidayRuleNames,
      overrideKindNames,
      bookendKindNames,
      identStateNames,
      weekdayNames,
      variableTypeNames,
      auditFieldNames,
      entityNames,
      verbNames,
      progressNames,
      progressMeanings,
      postStateNames,
      waitingCauseNames,
      flashMessages,
      errorTitles,
      evidenceNames,
      openStates,
      slotKindNames,
      bulletinClassNames,
      profileTitles,
      scriptStageNames,
      nextSteps,
      stepNames,
      directiveFieldNames,
      contributionSentences,
    ];
    const words = [
      ...menuWords,
      ...detailWords,
      ...postWords,
      ...tables.flatMap((table) => Object.values(table) as string[]),
      // Examples of spoken text stay Vietnamese; labels that describe the manner are UI text.
      ...readingChoices.map(({ label }) => label),
      ...readingChoices.flatMap(({ options }) =>
        options.map(({ label }) => label).filter((one) => /^(đọc|nghỉ)/.test(one)),
      ),
    ];
    expect(words.filter((word) => !english.has(word))).toEqual([]);
  });

  it('one sentence has one English, whoever says it', () => expect(clashes).toEqual([]));

  it('English is not Vietnamese, and fills the same braces', () => {
    const braces = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    const wrong = [...english].filter(
      ([key, text]) => vietnameseIn(text).length > 0 || braces(key).join() !== braces(text).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('no template has words of its own', () => {
    const own = filesEnding('.hbs').flatMap((file) => {
      const bare = read(file)
        .replace(/<(\w+)[^>]*lang="vi"[^>]*>[\s\S]*?<\/\1>/g, '')
        .replace(/\{\{[\s\S]*?\}\}/g, '');
      return vietnameseIn(bare).map((words) => `${file}: ${words}`);
    });
    expect(own).toEqual([]);
  });
});
