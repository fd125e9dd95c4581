import { DomainError, type Sentence } from '../../shared/domain-error.js';

/** One problem in one file; `line` is 1-based. */
export interface TemplateProblem extends Sentence {
  file: string;
  line: number;
  code: string;
}

const SHOWN_PROBLEMS = 20;

/** `bad-template` with every problem in `details.problems`; the sentences list them as file:line, the first twenty. */
export function badTemplate(problems: readonly TemplateProblem[]): DomainError {
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  const rest = problems.length - shown.length;
  const list = (language: keyof Sentence) => shown.map((p) => `${p.file}:${p.line}: ${p[language]}`).join('\n');
  return new DomainError(
    'invalid',
    'bad-template',
    {
      vi: `Mẫu bài có lỗi:\n${list('vi')}${rest > 0 ? `\n… và ${rest} lỗi khác` : ''}`,
      en: `The template has faults:\n${list('en')}${rest > 0 ? `\n… and ${rest} more` : ''}`,
    },
    { problems },
  );
}
