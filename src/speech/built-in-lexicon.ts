import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { readBuiltInLexicon } from './reading/lexicon-files.js';
import type { Lexicon } from './reading/reading.js';

/** The lexicon that comes with the house, read once. */
@Injectable()
export class BuiltInLexicon {
  private loaded?: Promise<Lexicon>;

  constructor(private readonly config: Config) {}

  /** Throws `bad-lexicon` (422) when a file cannot stand. */
  get(): Promise<Lexicon> {
    this.loaded ??= readBuiltInLexicon(join(this.config.contentDir, 'lexicons'));
    // A file that was mended is read at the next try.
    this.loaded.catch(() => (this.loaded = undefined));
    return this.loaded;
  }
}
