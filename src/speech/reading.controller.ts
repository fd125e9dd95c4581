import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../shared/domain-error.js';
import { Limited } from '../http/limits/limits.js';
import { Answers } from '../http/api/answers.js';
import { SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { lengthWarning } from './normalizer/clip-length.js';
import { maySeeSpeech } from './scope/speech-permissions.js';
import { TextNormalizer } from './normalizer/text-normalizer.service.js';
import { reading } from './reading/reading.answers.js';
import { SpeechSettings } from './settings/speech-settings.service.js';
import { estimateReadingSeconds, estimateSeconds } from './voices/sentences.js';

const text = z.strictObject({ text: z.string().min(1).max(20_000), unitId: z.string().max(36).nullish() });

@ApiTags('speech')
@Controller('api/reading')
@SignedIn()
export class ReadingController {
  constructor(
    private readonly normalizer: TextNormalizer,
    private readonly settings: SpeechSettings,
  ) {}

  /**
   * Shows how a text will be spoken, span by span. As the unit says it; without `unitId`, as the centre does. Offsets are
   * UTF-16. The answer has what needs a person's eye, the estimated seconds, and `lengthWarning` from 45 minutes on (a clip
   * has 60 at most).
   */
  @Post()
  @Limited('reading')
  @HttpCode(200)
  @Answers(reading, { errors: { 404: 'not-found' } })
  async read(@CurrentActor() actor: Actor, @Body({ schema: text }) body: z.infer<typeof text>) {
    const unitId = body.unitId ?? null;
    if (!maySeeSpeech(actor, unitId)) throw notFound();
    const reading = await this.normalizer.read(body.text, unitId);
    const { rate } = await this.settings.speechOf(unitId);
    const seconds = estimateSeconds(reading.spoken, rate);
    return { ...reading, seconds, lengthWarning: lengthWarning(estimateReadingSeconds(reading.spoken, rate)) };
  }
}
