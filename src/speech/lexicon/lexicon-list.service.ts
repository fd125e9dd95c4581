import { Injectable } from '@nestjs/common';
import { Brackets, In } from 'typeorm';
import { notFound } from '../../shared/domain-error.js';
import { fold } from '../../shared/fold.js';
import { Database } from '../../database/database.js';
import { Account } from '../../people/accounts/account.entity.js';
import type { Actor } from '../../people/access/actor.js';
import { Units } from '../../people/units/units.service.js';
import { BuiltInLexicon } from './built-in-lexicon.js';
import { mayEditSpeech, maySeeSpeech } from '../scope/speech-permissions.js';
import type { LexiconTerm } from '../reading/text/reading.js';
import { LexiconEntry } from './lexicon-entry.entity.js';

export interface LexiconFilter {
  /** A unit's id, 'centre' or 'built-in'; without it, all entries that the actor may see. */
  owner?: string;
  /** Matched against the written and the spoken form, ignoring diacritics and case. */
  search?: string;
  /** Lists removed entries instead of current ones. */
  removed?: boolean;
  offset?: number;
  limit?: number;
}

/** One entry for display. Built-in entries have no id and cannot be changed. */
export interface ShownEntry {
  id: string | null;
  level: 'unit' | 'centre' | 'built-in';
  unitId: string | null;
  unitName: string | null;
  written: string;
  spoken: string;
  matchCase: 'exact' | 'any';
  before: readonly string[];
  after: readonly string[];
  addedBy: string;
  addedAt: number | null;
  changedAt: number | null;
  removedAt: number | null;
  mayChange: boolean;
}

/** Lists lexicon entries: wards' first, then the centre's, then the built-in ones. */
@Injectable()
export class LexiconList {
  private folded?: { from: readonly LexiconTerm[]; search: string[] };

  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly builtIn: BuiltInLexicon,
  ) {}

  /** `total` counts all matches, not only this page. */
  async list(actor: Actor, filter: LexiconFilter): Promise<{ entries: ShownEntry[]; total: number }> {
    const wanted = fold(filter.search ?? '');
    const kept = filter.owner === 'built-in' ? [] : await this.kept(actor, filter, wanted);
    const own = await this.shown(actor, kept);
    const withHouse = !filter.removed && (filter.owner === undefined || filter.owner === 'built-in');
    const house = withHouse ? (await this.house(wanted)).map(shownOfHouse) : [];
    const all = [...own, ...house];
    const from = filter.offset ?? 0;
    return { entries: all.slice(from, from + (filter.limit ?? 100)), total: all.length };
  }

  /** One current or removed entry. 404, also for another ward's. */
  async one(actor: Actor, id: string): Promise<ShownEntry> {
    const row = await this.database.read().findOneBy(LexiconEntry, { id });
    const shown = row && maySeeSpeech(actor, row.unitId) ? (await this.shown(actor, [row]))[0] : undefined;
    if (!shown) throw notFound();
    return shown;
  }

  async shown(actor: Actor, rows: readonly LexiconEntry[]): Promise<ShownEntry[]> {
    const people = rows.length
      ? await this.database.read().findBy(Account, { id: In(rows.flatMap(({ addedBy }) => addedBy ?? [])) })
      : [];
    const nameOf = new Map(people.map(({ id, displayName }) => [id, displayName]));
    const unitOf = new Map((await this.units.all()).map((unit) => [unit.id, unit.name]));
    return rows.map(({ search: _, key: __, changedBy: ___, ...row }) => ({
      ...row,
      level: row.unitId === null ? ('centre' as const) : ('unit' as const),
      unitName: row.unitId === null ? null : (unitOf.get(row.unitId) ?? null),
      addedBy: nameOf.get(row.addedBy ?? '') ?? 'Hệ thống',
      mayChange: mayEditSpeech(actor, row.unitId),
    }));
  }

  private async kept(actor: Actor, { owner, removed }: LexiconFilter, wanted: string): Promise<LexiconEntry[]> {
    const query = this.database
      .read()
      .createQueryBuilder(LexiconEntry, 'entry')
      .where(removed ? 'entry.removedAt IS NOT NULL' : 'entry.removedAt IS NULL');
    if (owner === 'centre') query.andWhere('entry.unitId IS NULL');
    else if (owner !== undefined) query.andWhere('entry.unitId = :owner', { owner });
    if (wanted !== '') {
      const like = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
      query.andWhere(new Brackets((where) => where.where("entry.search LIKE :like ESCAPE '\\'", { like })));
    }
    const rows = (await query.getMany()).filter(({ unitId }) => maySeeSpeech(actor, unitId));
    return rows.sort((a, b) => Number(a.unitId === null) - Number(b.unitId === null) || byForm(a, b));
  }

  private async house(wanted: string): Promise<LexiconTerm[]> {
    const { entries } = await this.builtIn.get();
    if (this.folded?.from !== entries)
      this.folded = { from: entries, search: entries.map(({ written, spoken }) => fold(`${written} ${spoken}`)) };
    const { search } = this.folded;
    return entries.filter((_, index) => wanted === '' || search[index]?.includes(wanted)).sort(byForm);
  }
}

const vietnamese = new Intl.Collator('vi');

function byForm(a: { written: string }, b: { written: string }): number {
  return vietnamese.compare(a.written, b.written);
}

function shownOfHouse(entry: LexiconTerm): ShownEntry {
  const none = { id: null, unitId: null, unitName: null, addedAt: null, changedAt: null, removedAt: null };
  return { ...none, ...entry, level: 'built-in', mayChange: false };
}
