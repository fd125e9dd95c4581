import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { In } from 'typeorm';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import { Account } from '../../people/accounts/account.entity.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { ruleNames } from '../reading/rule-names.js';
import { SpeechSettings } from '../settings/speech-settings.service.js';
import { estimateSeconds } from '../voices/sentences.js';
import { decisionScopes, ReadingDecisions } from './reading-decisions.service.js';
import { scriptReading } from './script-reading.answers.js';
import { type ScriptReading, ScriptReadings } from './script-readings.service.js';

const newDecision = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(1),
  source: z.string().min(1).max(300),
  spoken: z.string().max(400).nullable(),
  where: z.enum(decisionScopes),
  matchCase: z.enum(['exact', 'any']).default('exact'),
});

/** Bản đọc of a script version: span by span, with what people decided. */
@ApiTags('speech')
@Controller('api/versions/:id/reading')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin', 'operator')
export class ScriptReadingController {
  constructor(
    private readonly database: Database,
    private readonly readings: ScriptReadings,
    private readonly decisions: ReadingDecisions,
    private readonly settings: SpeechSettings,
  ) {}

  /**
   * Shows how a script version will be spoken, with what people decided. `spans` are in order, with UTF-16 offsets of `text`;
   * `blocking` tells how many stretches bar submission.
   */
  @Get()
  @Limited('reading')
  @Answers(scriptReading)
  async one(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.show(actor, await this.readings.of(id, this.database.read(), actor));
  }

  /**
   * Decides how one stretch of a script version is spoken. `spoken` null passes the stretch over. `where`: `here` only this
   * time, `script` wherever it stands in this script, `unit` and `centre` always so (an entry of the lexicon). Answers the
   * new reading.
   */
  @Post('decisions')
  @Roles('editor')
  @Answers(scriptReading, {
    errors: {
      403: 'not-yours-to-change',
      409: ['not-a-draft', 'already-there'],
      412: 'text-moved',
      422: ['bad-spoken', 'needs-words', 'no-unit', 'bad-entry'],
    },
  })
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: newDecision }) body: z.infer<typeof newDecision>,
  ) {
    await this.decisions.decide(actor, id, body);
    return this.one(actor, id);
  }

  /** Takes a decision of this script back. An entry of the lexicon is removed there. Answers the new reading. */
  @Delete('decisions/:decisionId')
  @Roles('editor')
  @HttpCode(200)
  @Answers(scriptReading, { errors: { 409: 'not-a-draft' } })
  async undo(@CurrentActor() actor: Actor, @Param('id') id: string, @Param('decisionId') decisionId: string) {
    await this.decisions.undo(actor, id, decisionId);
    return this.one(actor, id);
  }

  private async show(actor: Actor, { script, version, reading, decisions }: ScriptReading) {
    const { spans, warnings, spoken } = reading;
    const { rate } = await this.settings.speechOf(script.unitId);
    const people = await this.database
      .read()
      .findBy(Account, { id: In(decisions.flatMap((one) => one.decidedBy ?? [])) });
    const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
    const warningAt = new Map(warnings.map(({ start, kind, message }) => [start, { kind, message }]));
    const holding = new Set(spans.map(({ decision }) => decision));
    return {
      versionId: version.id,
      unitId: script.unitId,
      text: version.body,
      spoken,
      seconds: estimateSeconds(spoken, rate),
      spans: spans.map((span) => ({
        ...span,
        ruleName: ruleNames[span.rule] ?? span.rule,
        warning: warningAt.get(span.start) ?? null,
        decision: span.decision ?? null,
      })),
      blocking: warnings.filter(({ kind }) => kind === 'left-over').length,
      decisions: decisions.map(({ id, source, spoken: said, anchor, decidedAt, decidedBy }) => ({
        id,
        source,
        spoken: said || null,
        where: anchor === null ? 'script' : 'here',
        decidedAt,
        decidedBy: names.get(decidedBy ?? '') ?? 'Hệ thống',
        holds: holding.has(id),
      })),
      mayDecide: version.state === 'draft' && hasRole(actor, 'editor'),
    };
  }
}
