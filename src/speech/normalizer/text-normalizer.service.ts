import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Database } from '../../database/database.js';
import { BuiltInLexicon } from '../lexicon/built-in-lexicon.js';
import { LexiconEntry } from '../lexicon/lexicon-entry.entity.js';
import { scopesFor } from '../scope/speech-scope.js';
import { LexiconIndex } from '../reading/lexicon/lexicon-index.js';
import type { TextDecision } from '../reading/place-decisions.js';
import { prepare, type PreparedReading } from '../reading/read.js';
import type { Lexicon, Reading } from '../reading/text/reading.js';
import { SpeechSettings } from '../settings/speech-settings.service.js';
import { revisionOf } from '../scope/speech-revision.entity.js';

/** Prepared readings in the cache; a city has fewer wards than this. */
const CACHE_SIZE = 200;

/**
 * Reads texts with the built-in lexicon, the centre's, the ward's, and each ward's speech settings. Prepared readings
 * are cached under the revision number of the last change. Each call checks that number, so a change by another process
 * applies at once.
 */
@Injectable()
export class TextNormalizer {
  private readonly cached = new LRUCache<string, PreparedReading>({ max: CACHE_SIZE });
  private cachedRevision = -1;
  private builtIn?: Promise<LexiconIndex>;

  constructor(
    private readonly database: Database,
    private readonly lexicon: BuiltInLexicon,
    private readonly settings: SpeechSettings,
  ) {}

  /** Reads `text` for a unit; null is the centre. Throws `bad-lexicon` (422) when a lexicon file is invalid. */
  async read(text: string, unitId: string | null = null, decisions: readonly TextDecision[] = []): Promise<Reading> {
    return (await this.of(this.database.read(), unitId)).read(text, decisions);
  }

  /** `em` may be a transaction that has not itself changed a lexicon or a setting. */
  async of(em: EntityManager, unitId: string | null): Promise<PreparedReading> {
    // Read the revision first: a change made after this read has a newer number, which the next call finds.
    const revision = await revisionOf(em);
    if (revision !== this.cachedRevision) {
      this.cached.clear();
      this.cachedRevision = revision;
    }
    const owners = await scopesFor(em, unitId);
    const key = owners.join(' ');
    const hit = this.cached.get(key);
    if (hit) return hit;
    const { speech } = await this.settings.of(em, owners);
    const made = prepare(await this.lexiconsOf(em, owners), speech.reading, await this.builtInIndex());
    if (this.cachedRevision === revision) this.cached.set(key, made);
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
