import { Module } from '@nestjs/common';
import { BuiltInLexicon } from './lexicon/built-in-lexicon.js';
import { ReadingDecisions } from './decisions/reading-decisions.service.js';
import { ScriptReadingController } from './decisions/script-reading.controller.js';
import { ScriptReadings } from './decisions/script-readings.service.js';
import { LexiconController } from './lexicon/lexicon.controller.js';
import { LexiconList } from './lexicon/lexicon-list.service.js';
import { Lexicons } from './lexicon/lexicons.service.js';
import { TextNormalizer } from './normalizer/text-normalizer.service.js';
import { ReadingController } from './reading.controller.js';
import { SpeechSettingsController } from './settings/speech-settings.controller.js';
import { SpeechSettingsApi } from './settings/speech-settings-api.service.js';
import { SpeechSettings } from './settings/speech-settings.service.js';
import { SpeechListener } from './speech.listener.js';

const services = [
  TextNormalizer,
  Lexicons,
  LexiconList,
  ScriptReadings,
  ReadingDecisions,
  SpeechSettings,
  SpeechSettingsApi,
];

@Module({
  controllers: [ReadingController, LexiconController, ScriptReadingController, SpeechSettingsController],
  providers: [...services, BuiltInLexicon, SpeechListener],
  exports: services,
})
export class SpeechModule {}
