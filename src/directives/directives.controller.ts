import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Limited } from '../http/limits/limits.js';
import { Answers } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import type { Directive } from './directive.entity.js';
import { letterReading, registeredLetter, directives, obligation, directive } from './directives.answers.js';
import { Directives } from './directives.service.js';
import { LetterReadings } from './letter-readings.service.js';
import type { Obligation } from './obligation.entity.js';
import { obligationVersion } from './obligation-correction.js';

// No bounds here: a letter that is empty or far too long is answered by the reader, in a sentence about letters.
const letter = z.strictObject({ text: z.string().describe('The letter as plain text, as it is printed.') });
// Bounds are the service's: it answers them in a sentence, here and on the page alike.
const plays = z.number().nullable();
const day = z.string().max(20).nullable();
const correction = z.strictObject({
  minPlaysPerDay: plays,
  maxPlaysPerDay: plays,
  from: day,
  until: day,
  reportDue: day,
  seen: z.string().max(40).describe('The `version` that was edited.'),
});
const filter = z.strictObject({ search: z.string().max(200).optional() });

@ApiTags('directives')
@Controller('api/directives')
// The letters of the city are not an operator's work: his day says what his ward plays.
@Roles('editor', 'approver', 'page-admin', 'official', 'admin')
export class DirectivesController {
  constructor(
    private readonly directives: Directives,
    private readonly readings: LetterReadings,
  ) {}

  /** Lists letters, the newest first. `search` folds tone marks: "ha tinh" finds Hà Tĩnh. */
  @Get()
  @Answers(directives)
  async list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return (await this.directives.list(query.search)).map(({ id, number, issuedOn, issuer, subject, urgency }) => {
      return { id, number, issuedOn, issuer, subject, urgency };
    });
  }

  /** Shows one letter with its obligations. */
  @Get(':id')
  @Answers(directive)
  async one(@Param('id') id: string) {
    const { directive, obligations } = await this.directives.byId(id);
    return { ...show(directive), obligations: obligations.map(showObligation) };
  }

  /**
   * Corrects what the reader misread in an obligation. All fields are sent at once. `seen` is the `version` that was edited.
   * What is planned does not change by a correction.
   */
  @Put(':id/obligations/:obligationId')
  @Roles('editor')
  @Answers(obligation, { errors: { 412: 'obligation-changed', 422: ['bad-plays', 'bad-date', 'bad-period'] } })
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('obligationId') obligationId: string,
    @Body({ schema: correction }) { seen, ...fields }: z.infer<typeof correction>,
  ) {
    return showObligation(await this.directives.correctObligation(actor, id, obligationId, fields, seen));
  }

  /** Reads a letter without registering it. 422 `not-a-letter` says what was missing. */
  @Post('preview')
  @Limited('letter')
  @Roles('editor', 'official')
  @HttpCode(200)
  @Answers(letterReading, {
    errors: { 413: 'letter-too-large', 422: ['not-a-letter', 'letter-empty', 'letter-too-large', 'letter-too-hard'] },
  })
  preview(@Body({ schema: letter }) body: z.infer<typeof letter>) {
    return this.readings.read(body.text);
  }

  /**
   * Registers a letter with the obligations that the reader finds. 201 for a new letter, 200 with `already` for one that is
   * registered. 409 `other-text`: another letter has this number.
   */
  @Post()
  @Limited('letter')
  @Roles('editor', 'official')
  @Answers(
    { 200: registeredLetter, 201: registeredLetter },
    {
      errors: {
        409: 'other-text',
        413: 'letter-too-large',
        422: ['not-a-letter', 'letter-empty', 'letter-too-large', 'letter-too-hard'],
      },
    },
  )
  async register(
    @CurrentActor() actor: Actor,
    @Body({ schema: letter }) body: z.infer<typeof letter>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const done = await this.directives.register(actor, body.text);
    reply.status(done.already ? 200 : 201);
    return { id: done.id, already: done.already, ...done.letter };
  }
}

function showObligation({ directiveId: _, ...obligation }: Obligation) {
  return { ...obligation, version: obligationVersion(obligation) };
}

function show(directive: Directive) {
  const { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients, missing } =
    directive;
  return { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients, missing };
}
