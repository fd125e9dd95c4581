import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { readBuiltInLexicon } from './reading/lexicon-files.js';
import { prepare, type Reader as PreparedReader } from './reading/read.js';
import { defaultReadingSettings, type Reading } from './reading/reading.js';

/** The reading with this house's lexicons, prepared once. */
@Injectable()
export class Reader {
  private prepared?: Promise<PreparedReader>;

  constructor(private readonly config: Config) {}

  /** Throws `bad-lexicon` (422) when a lexicon file cannot stand. */
  async read(text: string): Promise<Reading> {
    this.prepared ??= readBuiltInLexicon(join(this.config.contentDir, 'lexicons')).then((lexicon) =>
      prepare([lexicon], defaultReadingSettings),
    );
    return (await this.prepared).read(text);
  }
}
