import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SignedIn } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { speechChange, SpeechDesk } from './speech-desk.service.js';

const ofUnit = z.strictObject({ unitId: z.string().max(36).optional() });

/** How a unit speaks: words, pace, and the voices in the order in which they are asked. Without `unitId`: the centre. */
@ApiTags('speech')
@Controller('api/speech')
@SignedIn()
export class SpeechSettingsController {
  constructor(private readonly desk: SpeechDesk) {}

  /**
   * `own`: what this unit itself has set; `effective`: what holds; `from`: where each comes from (a unit's id, 'centre',
   * 'house'); `choices`: what may be set, with Vietnamese labels; `seen`: to be sent back with a change. 404.
   */
  @Get('settings')
  one(@Me() actor: Actor, @Query({ schema: ofUnit }) query: z.infer<typeof ofUnit>) {
    return this.desk.one(actor, query.unitId ?? null);
  }

  /**
   * What is not named stays; null gives the matter back to the unit above. Voices are the administrator's: a service may cost
   * money. 404; 403 `not-yours-to-change`, `voices-need-admin`; 412 `settings-changed`; 422 `unknown-voice`, `no-usable-voice`.
   */
  @Put('settings')
  async change(@Me() actor: Actor, @Body({ schema: speechChange }) body: z.infer<typeof speechChange>) {
    await this.desk.change(actor, body);
    return this.desk.one(actor, body.unitId);
  }

  /** Every voice that is known here: name, title, whether it goes over the internet, whether it can be used, and why not. */
  @Get('voices')
  async voices() {
    return { voices: await this.desk.offers() };
  }
}
