import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../people/access/access.js';
import { Units } from '../../people/units/units.service.js';
import { speechChange, SpeechSettingsApi } from '../../speech/settings/speech-settings-api.service.js';
import { formLine } from '../forms/fields.js';
import { parseForm, checkedValues } from '../forms/parse-form.js';
import { speechScopes } from '../lexicon/lexicon.view.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { readingFields, voicePlaces, voiceRows } from './voices.view.js';

const asked = z.object({ cua: formLine(36).catch('').default('centre') });
const line = formLine(60).default('');
const written = z.strictObject({
  owner: formLine(36),
  seen: formLine(20).default(''),
  rate: line,
  zeroTens: line,
  thousand: line,
  fourAfterTens: line,
  documentSlash: line,
  houseSlash: line,
  voices: z.union([formLine(60), z.array(formLine(60)).max(8)]).optional(),
});
type Written = z.infer<typeof written>;

/** Giọng đọc: a unit's voices in order, their pace, and how numbers are read. */
@ApiExcludeController()
@Controller('giong-doc')
@Roles('admin')
export class VoicesPage {
  constructor(
    private readonly api: SpeechSettingsApi,
    private readonly units: Units,
  ) {}

  @Get()
  async one(@Visit() visit: PageVisit, @Query({ schema: asked }) { cua }: z.infer<typeof asked>) {
    await this.show(visit, cua);
  }

  @Post()
  async change(@Visit() visit: PageVisit, @Body({ schema: written }) body: Written) {
    const { owner, seen, rate, voices, ...reading } = body;
    try {
      const chosen = checkedValues(voices).filter(Boolean);
      const own = Object.entries(reading).map(([setting, value]) => [setting, value || null]);
      const change = parseForm(speechChange, {
        unitId: unitOf(owner),
        seen: seen === '' ? null : Number(seen),
        reading: Object.fromEntries(own) as unknown,
        rate: rate === '' ? null : Number(rate),
        voices: chosen.length > 0 ? chosen : null,
      });
      await this.api.change(visit.actor, change);
      return await visit.redirect(`/giong-doc?cua=${encodeURIComponent(owner)}`, 'da-luu');
    } catch (error) {
      await this.show(visit, owner, body, asFormError(error));
    }
  }

  private async show(visit: PageVisit, owner: string, typed?: Written, problem?: unknown) {
    const { own, effective, seen, choices } = await this.api.one(visit.actor, unitOf(owner));
    const offers = await this.api.offers();
    const order = typed ? checkedValues(typed.voices).filter(Boolean) : (own.voices ?? []);
    const reading = typed ? (({ owner: _o, seen: _s, rate: _r, voices: _v, ...rest }) => rest)(typed) : own.reading;
    const view = {
      owner,
      owners: speechScopes(await this.units.all(), owner, () => true),
      seen: typed?.seen ?? (seen === null ? '' : String(seen)),
      rows: voiceRows(offers, effective.voices),
      places: voicePlaces(offers, order),
      ownOrder: own.voices !== null,
      rate: typed?.rate ?? String(own.rate ?? ''),
      rateNow: String(effective.rate),
      fields: readingFields(choices, reading, { ...effective.reading }),
    };
    await visit.render('voices/voices', 'Giọng đọc', view, problem);
  }
}

function unitOf(owner: string): string | null {
  return owner === 'centre' || owner === '' ? null : owner;
}
