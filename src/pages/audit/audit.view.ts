import { localClockOf, localDateOf, showDate, type TimeZone } from '../../shared/local-time.js';
import type { AuditEntry } from '../../people/audit/audit-entry.entity.js';
import { translate } from '../language/language.js';
import { upperFirst } from '../language/words.js';
import { auditFieldNames, auditValue } from './audit-fields.js';
import { entityNames, filterEntities, verbNames } from './audit-words.js';

/** The filter as the query string holds it. */
export interface AuditPageQuery {
  who: string;
  entity: string;
  id: string;
  from: string;
  until: string;
  before: number | undefined;
}

export function auditView(
  rows: readonly AuditEntry[],
  asked: AuditPageQuery,
  unitNames: ReadonlyMap<string, string>,
  zone: TimeZone,
  more: boolean,
) {
  const last = rows.at(-1)?.seq;
  return {
    rows: rows.map((row) => rowView(row, unitNames, zone)),
    entities: filterEntities.map((entity) => ({
      entity,
      name: upperFirst(translate(entityNames[entity] ?? entity)),
      chosen: entity === asked.entity,
    })),
    ...asked,
    filtered: [asked.who, asked.entity, asked.id, asked.from, asked.until].some((one) => one !== ''),
    older: more && last !== undefined ? addressOf({ ...asked, before: last }) : '',
    newest: asked.before === undefined ? '' : addressOf({ ...asked, before: undefined }),
  };
}

function addressOf({ who, entity, id, from, until, before }: AuditPageQuery): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ai: who, viec: entity, ma: id, tu: from, den: until })) {
    if (value) query.set(name, value);
  }
  if (before !== undefined) query.set('truoc', String(before));
  return `/nhat-ky?${query}`;
}

function rowView(row: AuditEntry, unitNames: ReadonlyMap<string, string>, zone: TimeZone) {
  return {
    seq: String(row.seq),
    when: `${showDate(localDateOf(row.at, zone))} ${localClockOf(row.at, zone)}`,
    who: row.actor,
    machine: row.actorId === null,
    address: row.address ?? '',
    what: actionText(row.action),
    action: row.action,
    entityId: row.entityId,
    unit: row.unitId ? (unitNames.get(row.unitId) ?? '') : '',
    changes: fieldChanges(row.before, row.after, zone),
  };
}

/** 'slot.placed' → 'Lượt phát: xếp lịch'. */
export function actionText(action: string): string {
  const at = action.indexOf('.');
  const [entity, verb] = at === -1 ? [action, ''] : [action.slice(0, at), action.slice(at + 1)];
  const words = [entityNames[entity] ?? entity, ...(verb ? [verbNames[verb] ?? verb] : [])];
  return upperFirst(words.map((word) => translate(word)).join(': '));
}

export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** The changed fields with their old and new values; unchanged fields are left out and long values are cut. */
export function fieldChanges(before: unknown, after: unknown, zone: TimeZone): FieldChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((field) => {
    const [was, is] = [old[field], now[field]].map((one) => auditValue(field, one, zone)) as [string, string];
    return was === is ? [] : [{ field: translate(auditFieldNames[field] ?? field), before: was, after: is }];
  });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { '=': value };
}
