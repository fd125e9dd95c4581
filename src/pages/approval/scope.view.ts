import { DomainError } from '../../shared/domain-error.js';
import { isLocalDate, showDate } from '../../shared/local-time.js';
import { isClassWithin, isNarrower, type Scope } from '../../approvals/scope.js';
import { type BulletinClass, bulletinClasses, bulletinClassNames } from '../../campaigns/bulletin-class.js';
import { translate } from '../language/language.js';

/** What the approver of a script may take away from its campaign, as a form sends it; '' and no channel leave it as it is. */
export interface ScopeForm {
  channels: string[];
  from: string;
  until: string;
  bulletinClass: BulletinClass | '';
}

type Days = Omit<Scope, 'channelIds'>;
type Named = { id: string; name: string };

/** Only what is less than the campaign's: an approval that takes nothing away says nothing of its own. */
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

/** The fields with what was typed, or with what the campaign holds for. Open as soon as something in it was touched. */
export function scopeFormView(campaign: Days, channels: readonly Named[], typed?: ScopeForm) {
  const { from, until, bulletinClass } = campaign;
  const chosen = typed?.bulletinClass || bulletinClass;
  const touched = (field: 'from' | 'until' | 'bulletinClass') => !!typed?.[field] && typed[field] !== campaign[field];
  return {
    open: (typed?.channels.length ?? 0) > 0 || touched('from') || touched('until') || touched('bulletinClass'),
    // A script of one channel goes there or nowhere.
    channels: channels.length < 2 ? [] : channels.map(({ id, name }) => tick(id, name, typed)),
    many: channels.length > 12,
    from: typed?.from || from,
    until: typed?.until || until,
    earliest: from,
    latest: until,
    classes: bulletinClasses
      .filter((one) => isClassWithin(one, bulletinClass))
      .map((value) => ({ value, name: translate(bulletinClassNames[value]), chosen: value === chosen })),
    // The calmest class cannot be made calmer.
    choice: bulletinClass !== bulletinClasses[0],
  };
}

function tick(id: string, name: string, typed?: ScopeForm) {
  return { id, name, chosen: typed?.channels.includes(id) ?? false };
}

/** What was approved, for its page; an approval of the first version holds for whatever its campaign does. */
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

/** In half a line, what an approval holds for where that is less than its campaign; `written` is what people wrote. */
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
