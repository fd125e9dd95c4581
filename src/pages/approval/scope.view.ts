import { DomainError } from '../../shared/domain-error.js';
import { isLocalDate, showDate } from '../../shared/local-time.js';
import { isClassWithin, isNarrower, type Scope } from '../../approvals/scope.js';
import { type BulletinClass, bulletinClasses, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import { translate } from '../language/language.js';

/**
 * The form by which an approver narrows the campaign's scope for a script; '' and an empty channel list leave it
 * unchanged.
 */
export interface ScopeForm {
  channels: string[];
  from: string;
  until: string;
  bulletinClass: BulletinClass | '';
}

type Days = Omit<Scope, 'channelIds'>;
type Named = { id: string; name: string };

/**
 * Keeps only the fields that narrow the campaign's scope; an approval that narrows nothing stores no scope of its own.
 */
export function parseNarrowerScope(form: ScopeForm, campaign: Days): Partial<Scope> {
  const { channels, bulletinClass } = form;
  const narrower: Partial<Scope> = {};
  if (channels.length > 0) narrower.channelIds = [...new Set(channels)].sort();
  for (const field of ['from', 'until'] as const) {
    const date = form[field];
    if (date === '' || date === campaign[field]) continue;
    if (!isLocalDate(date)) throw noDay(field);
    narrower[field] = date;
  }
  if (bulletinClass !== '' && bulletinClass !== campaign.bulletinClass) narrower.bulletinClass = bulletinClass;
  return narrower;
}

/**
 * The scope fields, filled from the typed form or else from the campaign. `open` once any field differs from the
 * campaign.
 */
export function scopeFormView(campaign: Days, channels: readonly Named[], typed?: ScopeForm) {
  const { from, until, bulletinClass } = campaign;
  const chosen = typed?.bulletinClass || bulletinClass;
  const touched = (field: 'from' | 'until' | 'bulletinClass') => !!typed?.[field] && typed[field] !== campaign[field];
  return {
    open: (typed?.channels.length ?? 0) > 0 || touched('from') || touched('until') || touched('bulletinClass'),
    // With a single channel there is nothing to narrow.
    channels: channels.length < 2 ? [] : channels.map(({ id, name }) => tick(id, name, typed)),
    many: channels.length > 12,
    from: typed?.from || from,
    until: typed?.until || until,
    earliest: from,
    latest: until,
    classes: bulletinClasses
      .filter((one) => isClassWithin(one, bulletinClass))
      .map((value) => ({ value, name: translate(bulletinClassNames[value]), chosen: value === chosen })),
    // The least urgent class cannot be lowered.
    choice: bulletinClass !== bulletinClasses[0],
  };
}

function tick(id: string, name: string, typed?: ScopeForm) {
  return { id, name, chosen: typed?.channels.includes(id) ?? false };
}

/** The approved scope for the decision's page. An approval without a stored scope holds for the campaign's scope. */
export function approvedScope(scope: Scope | null, campaign: Days, names: ReadonlyMap<string, string>) {
  const { channelIds, from, until, bulletinClass } = scope ?? { channelIds: null, ...campaign };
  return {
    narrower: scope !== null && isNarrower(scope, campaign),
    channels: (channelIds ?? []).map((id) => names.get(id) ?? translate('kênh không còn hoạt động')).sort(byName),
    everywhere: channelIds === null,
    period: period(from, until),
    importance: translate(bulletinClassNames[bulletinClass]),
  };
}

const MAX_NAMES = 3;

/**
 * The approved scope in short, empty when it equals the campaign's. `written` marks user content, which stays
 * Vietnamese.
 */
export function scopeInShort(scope: Scope | null, campaign: Days, names: ReadonlyMap<string, string>) {
  if (!scope || !isNarrower(scope, campaign)) return [];
  const { channels, period, importance } = approvedScope(scope, campaign, names);
  const many = channels.length > MAX_NAMES;
  const where = many ? translate('{n} kênh', { n: channels.length }) : channels.join(', ');
  const fewerDays = scope.from > campaign.from || scope.until < campaign.until;
  const calmer = !isClassWithin(campaign.bulletinClass, scope.bulletinClass);
  return [
    { text: where, written: !many },
    { text: fewerDays ? period : '', written: false },
    { text: calmer ? translate('tin {class}', { class: importance }) : '', written: false },
  ].filter(({ text }) => text !== '');
}

function period(from: string, until: string): string {
  return translate('từ {from} đến hết {until}', { from: showDate(from), until: showDate(until) });
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'vi', { numeric: true });
}

function noDay(field: string): DomainError {
  const sentence = { vi: 'Ngày này không có trong lịch.', en: 'There is no such day.' };
  return new DomainError('invalid', 'bad-form', sentence, { field });
}
