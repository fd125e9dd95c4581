import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Database } from '../database/database.js';
import { BuiltInLexicon } from './built-in-lexicon.js';
import { LexiconEntry } from './lexicon/lexicon-entry.entity.js';
import { scopesFor } from './speech-scope.js';
import { LexiconIndex } from './reading/lexicon-index.js';
import type { TextDecision } from './reading/place-decisions.js';
import { prepare, type PreparedReading as PreparedReader } from './reading/read.js';
import type { Lexicon, Reading } from './reading/reading.js';
import { SpeechSettings } from './settings/speech-settings.service.js';
import { revisionOf } from './speech-revision.entity.js';

/** Ways of reading kept ready; a city has fewer wards than this. */
const KEPT = 200;

/**
 * The reading of this house: built-in lexicon, the centre's, the ward's, and each ward's way of speaking. What is prepared is
 * kept under the number of the last change, which is asked at every reading: another process's change is heard at once.
 */
@Injectable()
export class TextNormalizer {
  private readonly kept = new LRUCache<string, PreparedReader>({ max: KEPT });
  private keptRevision = -1;
  private builtIn?: Promise<LexiconIndex>;

  constructor(
    private readonly database: Database,
    private readonly lexicon: BuiltInLexicon,
    private readonly settings: SpeechSettings,
  ) {}

  /** How the unit says it; null is the centre. Throws `bad-lexicon` (422) when a lexicon file cannot stand. */
  async read(text: string, unitId: string | null = null, decisions: readonly TextDecision[] = []): Promise<Reading> {
    return (await this.of(this.database.read(), unitId)).read(text, decisions);
  }

  /** `em` may be a transaction that has not itself changed a lexicon or a setting. */
  async of(em: EntityManager, unitId: string | null): Promise<PreparedReader> {
    // The number is asked first: a change that comes after it is found under a newer number the next time.
    const revision = await revisionOf(em);
    if (revision !== this.keptRevision) {
      this.kept.clear();
      this.keptRevision = revision;
    }
    const owners = await scopesFor(em, unitId);
    const key = owners.join(' ');
    const there = this.kept.get(key);
    if (there) return there;
    const { speech } = await this.settings.of(em, owners);
    const made = prepare(await this.lexiconsOf(em, owners), speech.reading, await this.builtInIndex());
    if (this.keptRevision === revision) this.kept.set(key, made);
    return made;
  }

  private builtInIndex(): Promise<LexiconIndex> {
    this.builtIn ??= this.lexicon.get().then((lexicon) => new LexiconIndex([lexicon]));
    this.builtIn.catch(() => (this.builtIn = undefined));
    return this.builtIn;
  }

  private async lexiconsOf(em: EntityManager, owners: readonly (string | null)[]): Promise<Lexicon[]> {
    const units = owners.filter((owner) => owner !== null);
    const rows = await em.find(LexiconEntry, {
      where: [
        { unitId: IsNull(), removedAt: IsNull() },
        { unitId: In(units), removedAt: IsNull() },
      ],
      order: { addedAt: 'ASC', id: 'ASC' },
    });
    return owners.map((owner) => ({
      name: owner ?? 'centre',
      entries: rows
        .filter(({ unitId }) => unitId === owner)
        .map(({ written, spoken, matchCase, before, after, addedBy }) => {
          return { written, spoken, matchCase, before, after, addedBy: addedBy ?? '' };
        }),
    }));
  }
}
