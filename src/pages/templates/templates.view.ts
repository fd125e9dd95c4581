import { channelKindNames } from '../../shared/channel-kind.js';
import type { DomainError } from '../../shared/domain-error.js';
import type { TimeZone } from '../../shared/local-time.js';
import type { TemplateText } from '../../scripts/template-versions.service.js';
import type { TemplateVersion } from '../../scripts/template-version.entity.js';
import type { Rendered, Template, TemplateKind, VariableType } from '../../scripts/templates/template.js';
import type { TemplateProblem } from '../../scripts/templates/template-problem.js';
import { moment, inCurrentLanguage, translate } from '../language/language.js';
import { finder } from '../../shared/fold.js';

export const templateKindNames: Record<TemplateKind, string> = {
  loudspeaker: 'Loa (thành phố và cơ sở)',
  ...channelKindNames,
};

export const variableTypeNames: Record<VariableType, string> = {
  text: 'chữ',
  date: 'ngày',
  time: 'giờ',
  number: 'số',
  list: 'danh sách',
  phone: 'số điện thoại',
  url: 'địa chỉ trang',
};

type Listed = { template: Template; version: TemplateVersion | null };

export function templateRows(
  all: readonly Listed[],
  search: string,
  nameOf: (id: string | null) => string,
  zone: TimeZone,
) {
  const fits = finder(search);
  return all
    .filter(({ template: { code, name, purpose } }) => fits(code, name, purpose))
    .map(({ template: { code, name, kind, purpose }, version }) => ({
      code,
      name,
      kind: translate(templateKindNames[kind]),
      purpose,
      edited: version !== null,
      state: version ? translate('bản {n}', { n: version.n }) : translate('bản gốc'),
      when: version ? moment(version.createdAt, zone) : '',
      who: version ? nameOf(version.createdBy) : '',
    }));
}

export function templateView(
  { template, source, n, unfit }: TemplateText,
  versions: readonly TemplateVersion[],
  nameOf: (id: string | null) => string,
  zone: TimeZone,
) {
  const last = versions[0]?.n ?? 0;
  return {
    code: template.code,
    name: template.name,
    kind: translate(templateKindNames[template.kind]),
    purpose: template.purpose,
    source,
    n: String(n),
    basedOn: String(last),
    older: n !== last,
    shown: n === 0 ? translate('bản gốc') : translate('bản {n}', { n }),
    unfit,
    variables: [...template.variables].map(([name, { label, type, required, example }]) => ({
      name,
      label,
      type: translate(variableTypeNames[type]),
      required,
      example: typeof example === 'object' ? example.join('; ') : String(example),
    })),
    versions: [
      ...versions.map((one) => ({
        n: String(one.n),
        name: translate('bản {n}', { n: one.n }),
        when: moment(one.createdAt, zone),
        who: nameOf(one.createdBy),
        note: one.note,
        href: `/mau-bai/${template.code}?ban=${one.n}`,
        inUse: one.n === last,
        shown: one.n === n,
      })),
      {
        n: '0',
        name: translate('bản gốc'),
        when: '',
        who: '',
        note: '',
        href: `/mau-bai/${template.code}?ban=0`,
        inUse: last === 0,
        shown: n === 0,
      },
    ],
  };
}

/** The rendered text, or the error with its position. */
export function previewView(result: Rendered | DomainError) {
  if (!(result instanceof Error)) return { whole: true, title: result.title, text: result.text, problems: [] };
  const found = (result.details['problems'] ?? []) as readonly Partial<TemplateProblem>[];
  const problems = found.flatMap(({ line, vi, en }) =>
    vi !== undefined && en !== undefined
      ? [{ line: line === undefined ? '' : String(line), say: inCurrentLanguage({ vi, en }) }]
      : [],
  );
  return {
    whole: false,
    title: '',
    text: '',
    problems: problems.length > 0 ? problems : [{ line: '', say: inCurrentLanguage(result.sentence) }],
  };
}
