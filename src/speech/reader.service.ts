import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { readLexiconFolder } from './reading/lexicon-files.js';
import { prepare, type PreparedReader } from './reading/read.js';
import { defaultReadingSettings, type Reading } from './reading/reading.js';

/** The reading with this house's lexicons, prepared once. */
@Injectable()
export class Reader {
  private prepared?: Promise<PreparedReader>;

  constructor(private readonly config: Config) {}

  async read(text: string): Promise<Reading> {
    this.prepared ??= readLexiconFolder(this.config.contentDir).then((lexicons) =>
      prepare(lexicons, defaultReadingSettings),
    );
    return (await this.prepared).read(text);
  }
}
