import { type LocalDate, showDate } from '../../shared/local-time.js';
import { type Holiday, type HolidayKind, holidayKinds } from '../../channels/entities/holiday.entity.js';
import type { PermittedHours } from '../../channels/hours/permitted-hours.js';
import { type PolicyHolidays, policyHolidays } from '../../channels/entities/policy.entity.js';
import type { PlacedPolicy } from '../../channels/policies.service.js';
import type { PolicyPreset } from '../../channels/rules.dto.js';
import type { Unit } from '../../people/units/unit.entity.js';
import { type UnitKind, unitKinds } from '../../people/units/unit-kind.js';
import { day, translate } from '../language/language.js';
import { unitKindNames } from '../units/units.view.js';
import { weekdayBoxes, weekdayText } from '../windows/windows.view.js';

export const policyHolidayNames: Record<PolicyHolidays, string> = {
  usual: 'Ngày lễ như ngày thường',
  open: 'Ngày lễ là dịp đặc biệt, được phát ngoài các thứ',
  silent: 'Ngày lễ chỉ phát chương trình đặc biệt',
};
export const holidayKindNames: Record<HolidayKind, string> = {
  public: 'theo luật',
  observance: 'ngày kỷ niệm',
  local: 'của địa phương',
};

/** '05:00-06:00, 17:00-18:00' → hours. The schema refuses a part that is no pair of times. */
export function parseHours(text: string): PermittedHours[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [from = '', until = ''] = part.split(/\s*[-–]\s*/);
      return { from, until };
    });
}

export function hoursText(hours: readonly PermittedHours[]): string {
  return hours.map(({ from, until }) => `${from}-${until}`).join(', ');
}

export function policyRows(policies: readonly PlacedPolicy[], today: LocalDate) {
  return policies.map((policy) => ({
    id: policy.id,
    place: policy.place.name,
    kind: translate(unitKindNames[policy.unitKind]),
    name: policy.name,
    from:
      policy.effectiveFrom < '2001-01-01'
        ? translate('từ đầu')
        : translate('từ {date}', { date: showDate(policy.effectiveFrom) }),
    inForce: policy.inForce,
    coming: policy.effectiveFrom > today,
    permitted: hoursText(policy.permitted),
    quiet: hoursText(policy.quiet),
    days: policy.weekdays ? weekdayText(policy.weekdays) : translate('mọi ngày'),
    sessions: policy.sessionsPerDay === null ? '' : translate('{n} lần mỗi ngày', { n: policy.sessionsPerDay }),
    minutes:
      policy.minutesPerSession === null ? '' : translate('mỗi lần không quá {n} phút', { n: policy.minutesPerSession }),
    holidays: translate(policyHolidayNames[policy.holidays]),
    source: policy.source ?? '',
  }));
}

/** The sentences about loudspeakers under no chosen law, each with the address of the form that chooses one. */
export function missingLaws(
  missing: readonly { place: { code: string; name: string }; kind: UnitKind; units: number }[],
) {
  return missing.map(({ place, kind, units }) => ({
    place: place.name,
    kind: translate(unitKindNames[kind]),
    units,
    href: `/khung-gio/luat/quy-dinh?noi=${place.code}&loai=${kind}`,
  }));
}

/** The fields of the form. */
export interface PolicyForm {
  /** Code of the unit whose tree it governs; '' while one unit alone is at the top. */
  place: string;
  unitKind: UnitKind;
  name: string;
  permitted: string;
  quiet: string;
  weekdays: number[];
  sessionsPerDay: string;
  minutesPerSession: string;
  holidays: PolicyHolidays;
  source: string;
  effectiveFrom: string;
}

/** A form filled from a preset, or empty. */
export function policyForm(unitKind: UnitKind, place: string, preset?: PolicyPreset): PolicyForm {
  return {
    place,
    unitKind,
    name: preset?.name ?? '',
    permitted: hoursText(preset?.permitted ?? []),
    quiet: hoursText(preset?.quiet ?? []),
    weekdays: preset?.weekdays ?? [],
    sessionsPerDay: String(preset?.sessionsPerDay ?? ''),
    minutesPerSession: String(preset?.minutesPerSession ?? ''),
    holidays: preset?.holidays ?? 'usual',
    source: preset?.source ?? '',
    effectiveFrom: '',
  };
}

export function policyFormView(form: PolicyForm, units: readonly Unit[]) {
  const tops = units.filter(({ parentId, active }) => parentId === null && active);
  const chosen = form.place || (tops.length === 1 ? tops[0]?.code : '');
  return {
    ...form,
    places: [...tops, ...units.filter(({ parentId, active }) => parentId !== null && active)].map(({ code, name }) => ({
      code,
      name,
      chosen: code === chosen,
    })),
    kinds: unitKinds.map((kind) => ({ kind, name: translate(unitKindNames[kind]), chosen: kind === form.unitKind })),
    weekdays: weekdayBoxes(form.weekdays),
    holidays: policyHolidays.map((rule) => ({
      rule,
      name: translate(policyHolidayNames[rule]),
      chosen: rule === form.holidays,
    })),
  };
}

/** The form as the policy's schema reads it; no checked day means every day. */
export function parsePolicyForm({ unitKind: _kind, ...form }: PolicyForm) {
  const count = (text: string) => (text === '' ? null : Number(text));
  return {
    name: form.name,
    permitted: parseHours(form.permitted),
    quiet: parseHours(form.quiet),
    weekdays: form.weekdays.length > 0 ? form.weekdays : null,
    sessionsPerDay: count(form.sessionsPerDay),
    minutesPerSession: count(form.minutesPerSession),
    holidays: form.holidays,
    source: form.source === '' ? null : form.source,
    effectiveFrom: form.effectiveFrom === '' ? undefined : form.effectiveFrom,
    place: form.place === '' ? undefined : form.place,
  };
}

/** The fields of the form for one day. */
export interface HolidayForm {
  date: string;
  name: string;
  kind: HolidayKind;
  dayOff: boolean;
  flagDay: boolean;
}

/** `id` makes field ids unique among several forms of one page. */
export function holidayForm(form?: HolidayForm, problems: Record<string, string> = {}, id = '') {
  const values = form ?? { date: '', name: '', kind: 'local' as const, dayOff: false, flagDay: false };
  const kinds = holidayKinds.map((one) => {
    return { kind: one, name: translate(holidayKindNames[one]), chosen: one === values.kind };
  });
  return { ...values, id, kinds, problems };
}

/** `changed` holds the refused form of one row. */
export function holidayRows(
  holidays: readonly Holiday[],
  changed?: HolidayForm & { id: string },
  problems: Record<string, string> = {},
) {
  return holidays.map(({ id, date, name, kind, dayOff, flagDay }) => {
    const open = changed?.id === id;
    const form = open ? holidayForm(changed, problems, id) : holidayForm({ date, name, kind, dayOff, flagDay }, {}, id);
    return { id, day: day(date), name, kind: translate(holidayKindNames[kind]), dayOff, flagDay, open, form };
  });
}
