import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import { notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { ReadingDecisions, decisionScopes } from '../../speech/decisions/reading-decisions.service.js';
import { ScriptReadings } from '../../speech/decisions/script-readings.service.js';
import { TextNormalizer } from '../../speech/normalizer/text-normalizer.service.js';
import { SpeechSettings } from '../../speech/settings/speech-settings.service.js';
import { formLine, formText, rowId } from '../forms/fields.js';
import { inCurrentLanguage } from '../language/language.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { ScriptScreen } from './script-screen.js';
import { readingView } from './script.view.js';

const place = z.object({ cho: z.string().max(30).default('') });
const trial = z.strictObject({ text: formText(100_000) });
const correction = z.strictObject({
  versionId: rowId,
  start: z.coerce.number().int().min(0),
  end: z.coerce.number().int().min(1),
  source: z.string().min(1).max(300),
  spoken: formLine(400).default(''),
  where: z.enum(decisionScopes),
  skip: z.literal('yes').optional(),
});
const takenBack = z.strictObject({ versionId: rowId, decisionId: rowId });

/** The reading beside the text: previewed while typing, and corrected stretch by stretch, for one place or for good. */
@ApiExcludeController()
@Controller('bai/:id')
@Roles('editor')
export class ScriptReadingPage {
  constructor(
    private readonly screen: ScriptScreen,
    private readonly database: Database,
    private readonly scripts: Scripts,
    private readonly readings: ScriptReadings,
    private readonly normalizer: TextNormalizer,
    private readonly speech: SpeechSettings,
    private readonly decisions: ReadingDecisions,
  ) {}

  /** The form for one stretch, `?cho=start-end`. */
  @Get('doc')
  async ask(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Query({ schema: place }) { cho }: z.infer<typeof place>,
  ) {
    await this.scripts.versions(id);
    if (visit.wantsFragment) await this.screen.piece(visit, id, 'correction', { place: cho });
    else await this.screen.show(visit, id, { edit: false, place: cho });
  }

  /** `skip` leaves the stretch unread, whatever was typed. */
  @Post('doc')
  async decide(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: correction }) body: z.infer<typeof correction>,
  ) {
    await this.requireOwn(id, body.versionId);
    const { versionId, spoken, skip, ...rest } = body;
    const asked = { edit: false, place: `${body.start}-${body.end}`, correction: { spoken, where: body.where } };
    try {
      const words = skip ? null : spoken;
      await this.decisions.decide(visit.actor, versionId, { ...rest, spoken: words, matchCase: 'exact' });
    } catch (error) {
      const problem = asFormError(error);
      if (!visit.wantsFragment) return this.screen.show(visit, id, asked, problem);
      const refusal = { message: inCurrentLanguage(problem.sentence), status: 422 };
      return this.screen.piece(visit, id, 'correction', asked, refusal);
    }
    if (!visit.wantsFragment) return visit.redirect(`/bai/${id}`, 'da-sua-doc');
    // The form is removed; the event makes the reading and the clips reload themselves, and the clips then show as
    // stale.
    visit.triggerAfterSwap('loa:doc');
    await this.screen.piece(visit, id, 'reading');
  }

  @Post('doc/bo')
  async takeBack(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: takenBack }) { versionId, decisionId }: z.infer<typeof takenBack>,
  ) {
    await this.requireOwn(id, versionId);
    visit.triggerAfterSwap('loa:doc');
    await this.screen.act(visit, id, 'reading', 'da-bo-doc', async () => {
      await this.decisions.undo(visit.actor, versionId, decisionId);
    });
  }

  /** The reading of unsaved text: nothing is stored, and corrections need the text to be saved first. */
  @Post('doc-thu')
  @Limited('reading')
  @HttpCode(200)
  async attempt(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: trial }) { text }: z.infer<typeof trial>,
  ) {
    const { script } = await this.scripts.versions(id);
    if (!isLoudspeaker(script.channelKind)) throw notFound();
    const em = this.database.read();
    const reader = await this.normalizer.of(em, script.unitId);
    const reading = reader.read(text, await this.readings.decisionsOf(em, script.id));
    const { rate } = await this.speech.speechOf(script.unitId);
    const view = {
      id,
      asAnswer: true,
      unsaved: true,
      decided: [],
      mayCorrect: false,
      ...readingView(text, reading, rate),
    };
    await visit.fragment('scripts/script-reading.part', view);
  }

  private async requireOwn(scriptId: string, versionId: string): Promise<void> {
    const { versions } = await this.scripts.versions(scriptId);
    if (!versions.some(({ id }) => id === versionId)) throw notFound();
  }
}
