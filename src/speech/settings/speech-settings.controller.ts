import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { speechChange, SpeechSettingsApi } from './speech-settings-api.service.js';
import { speechSettings, voiceOfferList } from './speech-settings.answers.js';

const ofUnit = z.strictObject({ unitId: z.string().max(36).optional() });

/** How a unit speaks: words, pace, and the voices in the order in which they are asked. Without `unitId`: the centre. */
@ApiTags('speech')
@Controller('api/speech')
@SignedIn()
export class SpeechSettingsController {
  constructor(private readonly api: SpeechSettingsApi) {}

  /** Shows how a unit speaks. Without `unitId`: the centre. */
  @Get('settings')
  @Answers(speechSettings, { errors: { 404: 'not-found' } })
  one(@CurrentActor() actor: Actor, @Query({ schema: ofUnit }) query: z.infer<typeof ofUnit>) {
    return this.api.one(actor, query.unitId ?? null);
  }

  /**
   * Changes how a unit speaks. What is not named stays; null gives the matter back to the unit above. Voices are the
   * administrator's: a service may cost money.
   */
  @Put('settings')
  @Answers(speechSettings, {
    errors: {
      403: ['not-yours-to-change', 'voices-need-admin'],
      404: 'not-found',
      412: 'settings-changed',
      422: ['unknown-voice', 'no-usable-voice'],
    },
  })
  async change(@CurrentActor() actor: Actor, @Body({ schema: speechChange }) body: z.infer<typeof speechChange>) {
    await this.api.change(actor, body);
    return this.api.one(actor, body.unitId);
  }

  /**
   * Lists every voice that is known here. With its title, whether it goes over the internet, whether it can be used, and why
   * not.
   */
  @Get('voices')
  @Answers(voiceOfferList)
  async voices() {
    return { voices: await this.api.offers() };
  }
}
