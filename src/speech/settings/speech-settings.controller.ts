import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { SignedIn } from '../../people/access.js';
import { type Actor, hasRole } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { mayKeepSpeech, maySeeSpeech } from '../keep-speech.js';
import { ownersFor } from '../owners.js';
import { locateEspeak } from '../voices/espeak.locate.js';
import { fullVoiceName, voiceOffers } from '../voices/voice-offers.js';
import { readingChoices } from './reading-choices.js';
import { type SpeechChange, SpeechSettings } from './speech-settings.service.js';

const ofUnit = z.strictObject({ unitId: z.string().max(36).optional() });
const change = z.strictObject({
  unitId: z.string().max(36).nullable(),
  seen: z.int().nullable(),
  reading: z
    .strictObject({
      zeroTens: z.enum(['linh', 'lẻ']).nullish(),
      thousand: z.enum(['nghìn', 'ngàn']).nullish(),
      fourAfterTens: z.enum(['tư', 'bốn']).nullish(),
      documentSlash: z.enum(['xuyệt', 'trên', 'pause']).nullish(),
      houseSlash: z.enum(['trên', 'xuyệt', 'pause']).nullish(),
    })
    .optional(),
  rate: z.int().min(80).max(300).nullish(),
  voices: z.array(z.string().max(60)).min(1).max(8).nullish(),
});

/** How a unit speaks: words, pace, and the voices in the order in which they are asked. Without `unitId`: the centre. */
@ApiTags('speech')
@Controller('api/speech')
@SignedIn()
export class SpeechSettingsController {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly settings: SpeechSettings,
  ) {}

  /**
   * `own`: what this unit itself has set; `effective`: what holds; `from`: where each comes from (a unit's id, 'centre',
   * 'house'); `choices`: what may be set, with Vietnamese labels; `seen`: to be sent back with a change. 404.
   */
  @Get('settings')
  async one(@Me() actor: Actor, @Query({ schema: ofUnit }) query: z.infer<typeof ofUnit>) {
    const unitId = query.unitId ?? null;
    if (!maySeeSpeech(actor, unitId)) throw notFound();
    const em = this.database.read();
    const owners = await ownersFor(em, unitId);
    if (unitId !== null && owners[0] !== unitId) throw notFound();
    const { speech, from, own } = await this.settings.of(em, owners);
    const { voices, ...effective } = speech;
    return {
      unitId,
      own: { reading: own?.reading ?? {}, rate: own?.rate ?? null, voices: own?.voices ?? null },
      effective: { ...effective, voices: await this.fullNames(voices) },
      from,
      seen: own?.changedAt ?? null,
      choices: readingChoices,
      mayChange: mayKeepSpeech(actor, unitId),
      mayChangeVoices: hasRole(actor, 'admin'),
    };
  }

  /**
   * What is not named stays; null gives the matter back to the unit above. Voices are the administrator's: a service may cost
   * money. 404; 403 `not-yours-to-change`, `voices-need-admin`; 412 `settings-changed`; 422 `unknown-voice`, `no-usable-voice`.
   */
  @Put('settings')
  async change(@Me() actor: Actor, @Body({ schema: change }) body: z.infer<typeof change>) {
    const { unitId, seen, voices, ...rest } = body;
    const wanted: SpeechChange = { ...rest };
    if (voices !== undefined) {
      if (!hasRole(actor, 'admin')) throw needsAdmin();
      wanted.voices = voices && (await this.usable(voices));
    }
    await this.settings.change(actor, unitId, seen, wanted);
    return this.one(actor, unitId === null ? {} : { unitId });
  }

  /** Every voice that is known here: name, title, whether it goes over the internet, whether it can be used, and why not. */
  @Get('voices')
  async voices() {
    return { voices: await this.offers() };
  }

  private async offers() {
    return voiceOffers(this.config, await locateEspeak(this.config.tools));
  }

  private async fullNames(names: readonly string[]): Promise<string[]> {
    const offers = await this.offers();
    return names.map((name) => fullVoiceName(this.config, offers, name));
  }

  private async usable(names: readonly string[]): Promise<string[]> {
    const offers = await this.offers();
    const full = [...new Set(names.map((name) => fullVoiceName(this.config, offers, name)))];
    const engines = new Set(offers.filter(({ available }) => available).map(({ engine }) => engine));
    if (full.some((name) => engines.has(name.split('/')[0] ?? ''))) return full;
    throw new DomainError('invalid', 'no-usable-voice', {
      vi: 'Không giọng nào trong danh sách dùng được trên máy này: bài sẽ không dựng được bản thu.',
      en: 'None of these voices can be used on this machine: no clip could be made.',
    });
  }
}

function needsAdmin(): DomainError {
  return new DomainError('forbidden', 'voices-need-admin', {
    vi: 'Thứ tự giọng đọc do quản trị hệ thống đặt.',
    en: 'The order of voices is set by an administrator.',
  });
}
