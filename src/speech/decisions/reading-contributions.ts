import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { Unit } from '../../people/units/unit.entity.js';
import type { Contribution } from '../../scripts/contribution.js';
import type { Script } from '../../scripts/script.entity.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { LexiconEntry } from '../lexicon/lexicon-entry.entity.js';
import { cleanSource, type Cleaned } from '../reading/text/clean.js';
import { placeDecisions } from '../reading/place-decisions.js';
import { ReadingDecision } from './reading-decision.entity.js';

export interface ReadText {
  script: Pick<Script, 'id' | 'unitId' | 'createdAt'>;
  version: Pick<ScriptVersion, 'id' | 'body'>;
}

type Corrected = Pick<ReadingDecision, 'id' | 'source' | 'spoken' | 'anchor' | 'decidedBy' | 'removedAt' | 'removedBy'>;
type Entry = Pick<LexiconEntry, 'id' | 'written' | 'addedAt' | 'addedBy' | 'changedAt' | 'changedBy' | 'removedAt'>;

/**
 * Lists the people who shaped how a text is read: by corrections of this script that are in force, by withdrawing
 * another person's correction, and by changing a lexicon entry that occurs in the text since the script was created.
 * Older entries count as given: anyone who has the text read aloud uses them. `decisions`: newest first.
 */
export function contributionsToReading(
  { script, version }: ReadText,
  decisions: readonly Corrected[],
  entries: readonly Entry[],
): Contribution[] {
  const cleaned = cleanSource(version.body);
  const inForce = decisions.filter(({ removedAt }) => removedAt === null);
  const applied = new Set(placeDecisions(cleaned, inForce).map(({ id }) => id));
  const corrected = decisions.map((one) => {
    if (one.removedAt === null) return by('reading', applied.has(one.id) ? one.decidedBy : null, one.id);
    // Withdrawing one's own decision leaves the reading as it was, so it is no contribution.
    const another = one.removedBy !== one.decidedBy && placeDecisions(cleaned, [one]).length > 0;
    return by('reading', another ? one.removedBy : null, one.id);
  });
  const changedEntries = entries
    .filter((one) => one.changedAt >= script.createdAt && !isTakenBack(one, script.createdAt))
    .map((one) => by('lexicon', mayStandIn(one.written, cleaned) ? one.changedBy : null, one.id));
  return [...corrected, ...changedEntries].flat();
}

/** Contributions by version id, in three statements for any number of versions. */
export async function readingContributions(
  em: EntityManager,
  texts: readonly ReadText[],
): Promise<Map<string, Contribution[]>> {
  const scriptId = In(texts.map(({ script }) => script.id));
  const decisions = await em.find(ReadingDecision, { where: { scriptId }, order: { decidedAt: 'DESC', id: 'DESC' } });
  const oldest = Math.min(...texts.map(({ script }) => script.createdAt), Number.MAX_SAFE_INTEGER);
  const entries = await em.findBy(LexiconEntry, { changedAt: MoreThanOrEqual(oldest) });
  const units = await em.find(Unit, { select: { id: true, parentId: true } });
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]));
  return new Map(
    texts.map((text) => {
      const owners = ownersOf(text.script.unitId, parents);
      const own = decisions.filter((one) => one.scriptId === text.script.id);
      const heard = entries.filter(({ unitId }) => unitId === null || owners.has(unitId));
      return [text.version.id, contributionsToReading(text, own, heard)];
    }),
  );
}

function by(kind: Contribution['kind'], accountId: string | null, of: string): Contribution[] {
  return accountId === null ? [] : [{ kind, accountId, of }];
}

function isTakenBack({ removedAt, addedAt, addedBy, changedBy }: Entry, since: number): boolean {
  return removedAt !== null && addedAt >= since && addedBy === changedBy;
}

/**
 * Errs on the side of true: an entry can also apply inside abbreviations and addresses, and its context is not checked.
 * Only the shortest forms, whose letters occur in many words, must be a whole word or match the exact spelling.
 */
function mayStandIn(written: string, text: Cleaned): boolean {
  const form = cleanSource(written);
  if (form.lower.length > 2) return text.lower.includes(form.lower);
  if (form.lower === '') return false;
  const around = text.lower.split(form.lower);
  const alone = around.some((after, n) => {
    const [before] = around.slice(n - 1, n);
    return before !== undefined && !isOneWord(before, form.lower) && !isOneWord(form.lower, after);
  });
  return alone || (form.text.length === 2 && text.text.includes(form.text));
}

function isOneWord(left: string, right: string): boolean {
  return /[\p{L}\p{M}]$/u.test(left) && /^[\p{L}\p{M}]/u.test(right);
}

function ownersOf(unitId: string | null, parents: ReadonlyMap<string, string | null>): Set<string> {
  const owners = new Set<string>();
  for (let id = unitId; id !== null && !owners.has(id); id = parents.get(id) ?? null) owners.add(id);
  return owners;
}
