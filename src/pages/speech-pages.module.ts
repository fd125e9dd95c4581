import { Module } from '@nestjs/common';
import { SpeechModule } from '../speech/speech.module.js';
import { LexiconPage } from './lexicon/lexicon.page.js';
import { VoicesPage } from './voices/voices.page.js';

/** Speech: voices and the lexicon. */
@Module({
  imports: [SpeechModule],
  controllers: [VoicesPage, LexiconPage],
})
export class SpeechPagesModule {}
