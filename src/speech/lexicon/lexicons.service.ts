import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { fold } from '../../shared/fold.js';
import { hashOf, newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { Unit } from '../../people/units/unit.entity.js';
import { maySeeSpeech, requireSpeechEditor } from '../scope/speech-permissions.js';
import { problemOf } from '../reading/lexicon/lexicon-file.js';
import { countRevision } from '../scope/speech-revision.entity.js';
import { LexiconEntry } from './lexicon-entry.entity.js';

/** The fields that a person enters. */
export interface EntryWords {
  written: string;
  spoken: string;
  matchCase: 'exact' | 'any';
  before: string[];
  after: string[];
}

/** The editable lexicons: the centre's and each ward's. */
@Injectable()
export class Lexicons {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Throws `bad-entry` (422), `already-there` (409), 404, `not-yours-to-change` (403). */
  add(actor: Actor, unitId: string | null, entry: EntryWords): Promise<LexiconEntry> {
    return this.database.write((tx) => this.insert(tx, actor, unitId, entry));
  }

  async insert(tx: EntityManager, actor: Actor, unitId: string | null, entry: EntryWords): Promise<LexiconEntry> {
    requireSpeechEditor(actor, unitId);
    if (unitId !== null && !(await tx.existsBy(Unit, { id: unitId }))) throw notFound();
    const words = checked(entry);
    await countRevision(tx);
    const now = this.clock.now();
    const row: LexiconEntry = {
      id: newId(now),
      unitId,
      ...words,
      search: searchOf(words),
      key: await this.freeKey(tx, unitId, words),
      addedAt: now,
      addedBy: actor.accountId,
      changedAt: now,
      changedBy: actor.accountId,
      removedAt: null,
    };
    await tx.insert(LexiconEntry, row);
    await this.record(tx, actor, 'lexicon.added', row, undefined, words);
    return row;
  }

  /**
   * `seen`: the `changedAt` of the edited entry. Throws like `add`, and `entry-changed` (412) when the entry was
   * changed meanwhile.
   */
  change(actor: Actor, id: string, seen: number, entry: EntryWords): Promise<LexiconEntry> {
    const words = checked(entry);
    return this.database.write(async (tx) => {
      await countRevision(tx);
      const row = await this.own(tx, actor, id);
      if (row.changedAt !== seen || row.removedAt !== null) throw changedMeanwhile();
      const key = await this.freeKey(tx, row.unitId, words, id);
      return this.rewrite(tx, actor, row, words, key);
    });
  }

  /** Sets the spoken form in the caller's transaction: adds an entry, or changes the existing one. */
  async always(tx: EntityManager, actor: Actor, unitId: string | null, entry: EntryWords): Promise<LexiconEntry> {
    requireSpeechEditor(actor, unitId);
    const words = checked(entry);
    const key = keyOf(unitId, words);
    const existing = await tx.findOneBy(LexiconEntry, { key });
    if (!existing) return this.insert(tx, actor, unitId, entry);
    await countRevision(tx);
    return this.rewrite(tx, actor, existing, words, key);
  }

  /** Removed entries are stored, so that a removal can be undone. Removing an entry twice is no error. */
  remove(actor: Actor, id: string): Promise<void> {
    return this.database.write(async (tx) => {
      await countRevision(tx);
      const row = await this.own(tx, actor, id);
      if (row.removedAt !== null) return;
      const removedAt = this.clock.now();
      const change = { removedAt, changedAt: later(removedAt, row), changedBy: actor.accountId, key: null };
      await tx.update(LexiconEntry, { id }, change);
      await this.record(tx, actor, 'lexicon.removed', row, wordsOf(row), undefined);
    });
  }

  /** Throws `already-there` (409) when the form was added again since. */
  restore(actor: Actor, id: string): Promise<LexiconEntry> {
    return this.database.write(async (tx) => {
      await countRevision(tx);
      const row = await this.own(tx, actor, id);
      if (row.removedAt === null) return row;
      const change = {
        key: await this.freeKey(tx, row.unitId, row),
        removedAt: null,
        changedAt: later(this.clock.now(), row),
        changedBy: actor.accountId,
      };
      await tx.update(LexiconEntry, { id }, change);
      await this.record(tx, actor, 'lexicon.restored', row, undefined, wordsOf(row));
      return { ...row, ...change };
    });
  }

  private async rewrite(tx: EntityManager, actor: Actor, row: LexiconEntry, words: EntryWords, key: string) {
    const changedAt = later(this.clock.now(), row);
    const change = { ...words, search: searchOf(words), key, changedAt, changedBy: actor.accountId };
    await tx.update(LexiconEntry, { id: row.id }, change);
    await this.record(tx, actor, 'lexicon.changed', row, wordsOf(row), words);
    return { ...row, ...change };
  }

  private async own(tx: EntityManager, actor: Actor, id: string): Promise<LexiconEntry> {
    const row = await tx.findOneBy(LexiconEntry, { id });
    if (!row || !maySeeSpeech(actor, row.unitId)) throw notFound();
    requireSpeechEditor(actor, row.unitId);
    return row;
  }

  private async freeKey(tx: EntityManager, unitId: string | null, words: EntryWords, but?: string): Promise<string> {
    const key = keyOf(unitId, words);
    const existing = await tx.findOneBy(LexiconEntry, { key });
    if (!existing || existing.id === but) return key;
    throw new DomainError(
      'conflict',
      'already-there',
      {
        vi: `"${existing.written}" đã có trong từ điển này, đọc là "${existing.spoken}".`,
        en: `"${existing.written}" stands in this lexicon already, read as "${existing.spoken}".`,
      },
      { id: existing.id, field: 'written' },
    );
  }

  private async record(
    tx: EntityManager,
    actor: Actor,
    action: string,
    { id: entityId, unitId }: LexiconEntry,
    before?: EntryWords,
    after?: EntryWords,
  ): Promise<void> {
    await this.audit.record(tx, actor, { action, entity: 'lexicon_entry', entityId, unitId, before, after });
  }
}

function checked(entry: EntryWords): EntryWords {
  const even = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const context = (list: string[]) =>
    [...new Set(list.map(even).filter(Boolean))].map((word) => (/^AA?$/.test(word) ? word : word.toLowerCase())).sort();
  const words = {
    written: even(entry.written),
    spoken: even(entry.spoken),
    matchCase: entry.matchCase,
    before: context(entry.before),
    after: context(entry.after),
  };
  const problem = problemOf({ ...words, addedBy: '' });
  if (problem) {
    const field = problemOf({ ...words, spoken: 'tiếng', addedBy: '' }) ? 'written' : 'spoken';
    throw new DomainError('invalid', 'bad-entry', problem, { field });
  }
  return words;
}

function keyOf(unitId: string | null, { written, matchCase, before, after }: EntryWords): string {
  const form = matchCase === 'any' ? written.toLowerCase() : written;
  return hashOf({ owner: unitId ?? 'centre', form, matchCase, before, after });
}

/** Strictly increasing, so that two changes in one millisecond differ. */
function later(now: number, { changedAt }: LexiconEntry): number {
  return Math.max(now, changedAt + 1);
}

function wordsOf({ written, spoken, matchCase, before, after }: LexiconEntry): EntryWords {
  return { written, spoken, matchCase, before, after };
}

function searchOf({ written, spoken }: EntryWords): string {
  return fold(`${written} ${spoken}`);
}

function changedMeanwhile(): DomainError {
  return new DomainError('stale', 'entry-changed', {
    vi: 'Mục này vừa được người khác sửa hoặc xóa. Xin tải lại.',
    en: 'Somebody else has just changed or removed this entry. Reload.',
  });
}
