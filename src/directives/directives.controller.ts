import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { channelKinds } from '../shared/channel-kind.js';
import { UsesReserve } from '../http/requests/route-access.js';
import { Limited } from '../http/limits/limits.js';
import { Answers } from '../http/api/answers.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import type { Directive } from './directive.entity.js';
import {
  letterReading,
  registeredLetter,
  directives,
  obligation,
  directive,
  directiveHead,
} from './directives.answers.js';
import { Directives } from './directives.service.js';
import type { Obligation } from './obligation.entity.js';
import { directiveVersion, headOf } from './head-correction.js';
import { obligationVersion } from './obligation-correction.js';

// No bounds here: a letter that is empty or far too long is answered by the reader, in a sentence about letters.
const letter = z.strictObject({ text: z.string().describe('The letter as plain text, as it is printed.') });
const line = z.string().max(2_000);
const head = z
  .strictObject({
    number: line,
    issuedOn: z.string().max(20),
    issuer: line,
    place: line.nullable().default(null),
    subject: line.nullable().default(null),
  })
  .describe('The head as a person has corrected it.');
const registration = letter.extend({
  head: head.optional(),
  place: z
    .enum(['here', 'elsewhere'])
    .optional()
    .describe('Of a letter that seems to be of another place: `here` obliges the units here, `elsewhere` nobody.'),
  without: z
    .array(z.strictObject({ assignment: z.int(), channelKind: z.enum(channelKinds) }))
    .max(200)
    .default([])
    .describe('Obligations of the reading that the letter does not ask.'),
});
const headCorrection = head.extend({ seen: z.string().max(40).describe('The `version` that was edited.') });
const withdrawal = z.strictObject({ reason: z.string().max(300) });
// Bounds are the service's: it answers them in a sentence, here and on the page alike.
const plays = z.number().nullable();
const day = z.string().max(20).nullable();
const obligationFields = {
  channelKind: z.enum(channelKinds).optional(),
  addressees: z.array(z.string().max(1_000)).max(1_000).optional(),
  minPlaysPerDay: plays,
  maxPlaysPerDay: plays,
  from: day,
  until: day,
  reportDue: day,
};
const addition = z.strictObject({
  ...obligationFields,
  assignment: z.int().min(1).max(1_000).describe('The point of the letter that asks for it.'),
  channelKind: z.enum(channelKinds),
});
const correction = z.strictObject({
  ...obligationFields,
  seen: z.string().max(40).describe('The `version` that was edited.'),
});
const filter = z.strictObject({ search: z.string().max(200).optional() });

const obligationErrors = ['bad-plays', 'bad-date', 'bad-period', 'bad-addressees'];

@ApiTags('directives')
@Controller('api/directives')
// The letters of the city are not an operator's work: his day says what his ward plays.
@Roles('editor', 'approver', 'page-admin', 'official', 'admin')
export class DirectivesController {
  constructor(private readonly directives: Directives) {}

  /** Lists letters, the newest first. `search` folds tone marks: "ha tinh" finds Hà Tĩnh. */
  @Get()
  @Answers(directives)
  async list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return (await this.directives.list(query.search)).map((one) => {
      const { id, kind, number, issuedOn, issuer, subject, urgency, withdrawnAt } = one;
      return { id, kind, number, issuedOn, issuer, subject, urgency, withdrawnAt };
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
   * Corrects what the reader misread in an obligation. All fields are sent at once; `channelKind` and `addressees` stay where
   * they are left out. `seen` is the `version` that was edited. What is planned does not change by a correction.
   */
  @Put(':id/obligations/:obligationId')
  @Roles('editor')
  @Answers(obligation, { errors: { 412: 'obligation-changed', 422: obligationErrors } })
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('obligationId') obligationId: string,
    @Body({ schema: correction }) { seen, ...fields }: z.infer<typeof correction>,
  ) {
    return showObligation(await this.directives.correctObligation(actor, id, obligationId, fields, seen));
  }

  /** Adds an obligation that the reader missed. */
  @Post(':id/obligations')
  @Roles('editor')
  @Answers(obligation, { errors: { 409: 'directive-withdrawn', 422: obligationErrors } })
  async addObligation(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: addition }) { assignment, ...fields }: z.infer<typeof addition>,
  ) {
    const { addressees = [] } = fields;
    return showObligation(await this.directives.addObligation(actor, id, assignment, { ...fields, addressees }));
  }

  /** Removes an obligation that the letter does not ask. 409 `obligation-in-use` once a campaign answers the letter. */
  @Delete(':id/obligations/:obligationId')
  @Roles('editor')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'obligation-in-use' } })
  async removeObligation(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('obligationId') obligationId: string,
  ) {
    await this.directives.removeObligation(actor, id, obligationId);
  }

  /** Corrects the head of a letter. `seen` is the `version` that was edited. */
  @Put(':id')
  @Roles('editor')
  @Answers(directiveHead, {
    errors: { 409: ['directive-exists', 'directive-withdrawn'], 412: 'directive-changed', 422: 'bad-head' },
  })
  async correctHead(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: headCorrection }) { seen, ...fields }: z.infer<typeof headCorrection>,
  ) {
    const corrected = await this.directives.correctHead(actor, id, fields, seen);
    return { id, ...headOf(corrected), version: directiveVersion(corrected) };
  }

  /** Withdraws a letter with a reason. Its campaigns are cancelled: what is planned is taken out, what has aired stays. */
  @Post(':id/withdraw')
  @UsesReserve()
  @Roles('editor', 'approver')
  @HttpCode(204)
  @Answers(null, { errors: { 409: 'directive-withdrawn', 422: 'reason-needed' } })
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: withdrawal }) body: z.infer<typeof withdrawal>,
  ) {
    await this.directives.withdraw(actor, id, body.reason);
  }

  /** Reads a letter without registering it. `elsewhere`: it seems to be of another place. 422 `not-a-letter` says what was missing. */
  @Post('preview')
  @Limited('letter')
  @Roles('editor', 'official')
  @HttpCode(200)
  @Answers(letterReading, {
    errors: { 413: 'letter-too-large', 422: ['not-a-letter', 'letter-empty', 'letter-too-large', 'letter-too-hard'] },
  })
  preview(@Body({ schema: letter }) body: z.infer<typeof letter>) {
    return this.directives.preview(body.text);
  }

  /**
   * Registers a letter with the obligations that the reader finds. 201 for a new letter, 200 with `already` for one that is
   * registered. 409 `other-text`: another letter has this number; `other-place`: say in `place` whom it obliges.
   */
  @Post()
  @Limited('letter')
  @Roles('editor', 'official')
  @Answers(
    { 200: registeredLetter, 201: registeredLetter },
    {
      errors: {
        409: ['other-text', 'other-place'],
        413: 'letter-too-large',
        422: ['bad-head', 'not-a-letter', 'letter-empty', 'letter-too-large', 'letter-too-hard'],
      },
    },
  )
  async register(
    @CurrentActor() actor: Actor,
    @Body({ schema: registration }) { text, ...decided }: z.infer<typeof registration>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const done = await this.directives.register(actor, text, decided);
    reply.status(done.already ? 200 : 201);
    return { id: done.id, already: done.already, ...done.letter };
  }
}

function showObligation({ directiveId: _, ...obligation }: Obligation) {
  return { ...obligation, version: obligationVersion(obligation) };
}

function show(directive: Directive) {
  const { id, kind, number, issuedOn, place, issuer, subject, urgency, elsewhere, withdrawnAt, withdrawReason } =
    directive;
  const { to, references, assignments, recipients, missing } = directive;
  const head = { id, kind, number, issuedOn, place, issuer, subject, urgency, version: directiveVersion(directive) };
  return { ...head, elsewhere, withdrawnAt, withdrawReason, to, references, assignments, recipients, missing };
}
