import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { mayEditSpeech, maySeeSpeech } from '../scope/speech-permissions.js';
import { scopesFor } from '../scope/speech-scope.js';
import { locateEspeak } from '../voices/engines/espeak-copies.js';
import { fullVoiceName, voiceOffers } from '../voices/voice-offers.js';
import { readingChoices } from './reading-choices.js';
import { type SpeechChange, SpeechSettings } from './speech-settings.service.js';

export const speechChange = z.strictObject({
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
  rate: z.int('phải là số nguyên').min(80, 'phải từ 80 đến 300').max(300, 'phải từ 80 đến 300').nullish(),
  voices: z.array(z.string().max(60)).min(1).max(8).nullish(),
});

/** Reading and changing speech settings, for the API and the screens. */
@Injectable()
export class SpeechSettingsApi {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly settings: SpeechSettings,
  ) {}

  /** The unit's own settings, the effective ones, and the source of each value; null is the centre. Throws 404. */
  async one(actor: Actor, unitId: string | null) {
    if (!maySeeSpeech(actor, unitId)) throw notFound();
    const em = this.database.read();
    const owners = await scopesFor(em, unitId);
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
      mayChange: mayEditSpeech(actor, unitId),
      mayChangeVoices: hasRole(actor, 'admin'),
    };
  }

  /** Omitted values do not change; null restores inheritance. Throws 404, 403, 412, 422 (see the route). */
  async change(actor: Actor, { unitId, seen, voices, ...rest }: z.infer<typeof speechChange>): Promise<void> {
    const wanted: SpeechChange = { ...rest };
    if (voices !== undefined) {
      if (!hasRole(actor, 'admin')) throw needsAdmin();
      wanted.voices = voices && (await this.usable(voices));
    }
    await this.settings.change(actor, unitId, seen, wanted);
  }

  /** Every known voice, whether this machine can use it, and why not. */
  async offers() {
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
    throw new DomainError(
      'invalid',
      'no-usable-voice',
      {
        vi: 'Không giọng nào trong danh sách dùng được trên máy này: bài sẽ không dựng được bản thu.',
        en: 'None of these voices can be used on this machine: no clip could be made.',
      },
      { field: 'voices' },
    );
  }
}

function needsAdmin(): DomainError {
  return new DomainError('forbidden', 'voices-need-admin', {
    vi: 'Thứ tự giọng đọc do quản trị hệ thống đặt.',
    en: 'The order of voices is set by an administrator.',
  });
}
