import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { readBuiltInLexicon } from '../reading/lexicon/lexicon-files.js';
import type { Lexicon } from '../reading/text/reading.js';

/** The lexicon shipped with the software, read once. */
@Injectable()
export class BuiltInLexicon {
  private loaded?: Promise<Lexicon>;

  constructor(private readonly config: Config) {}

  /** Throws `bad-lexicon` (422) when a lexicon file is invalid. */
  get(): Promise<Lexicon> {
    this.loaded ??= readBuiltInLexicon(join(this.config.contentDir, 'lexicons'));
    // After an error the next call reads the file again, so a corrected file takes effect.
    this.loaded.catch(() => (this.loaded = undefined));
    return this.loaded;
  }
}
