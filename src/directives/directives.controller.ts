import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Roles } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import type { Directive } from './directive.entity.js';
import { Directives } from './directives.service.js';
import { readLetter } from './letter-reader.js';

// No bounds here: a letter that is empty or far too long is answered by the reader, in a sentence about letters.
const letter = z.strictObject({ text: z.string() });
const filter = z.strictObject({ search: z.string().max(200).optional() });

@ApiTags('directives')
@Controller('api/directives')
// The letters of the city are not an operator's work: his day says what his ward plays.
@Roles('editor', 'approver', 'page-admin', 'official', 'admin')
export class DirectivesController {
  constructor(private readonly directives: Directives) {}

  /** Newest first; `search` folds tone marks: "ha tinh" finds Hà Tĩnh. */
  @Get()
  async list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return (await this.directives.list(query.search)).map(({ id, number, issuedOn, issuer, subject, urgency }) => {
      return { id, number, issuedOn, issuer, subject, urgency };
    });
  }

  @Get(':id')
  async one(@Param('id') id: string) {
    const { directive, obligations } = await this.directives.byId(id);
    return { ...show(directive), obligations: obligations.map(({ directiveId: _, ...obligation }) => obligation) };
  }

  /** What the reader finds, without registering anything. 422 `not-a-letter` with what was missing. */
  @Post('preview')
  @Roles('editor', 'official')
  @HttpCode(200)
  preview(@Body({ schema: letter }) body: z.infer<typeof letter>) {
    return readLetter(body.text);
  }

  /** 201 for a new letter, 200 with `already` for one that is in the book; 409 `other-text`; 422 `not-a-letter`, `letter-too-large`. */
  @Post()
  @Roles('editor', 'official')
  async register(
    @Me() actor: Actor,
    @Body({ schema: letter }) body: z.infer<typeof letter>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const done = await this.directives.register(actor, body.text);
    reply.status(done.already ? 200 : 201);
    return { id: done.id, already: done.already, ...done.letter };
  }
}

function show(directive: Directive) {
  const { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients, missing } =
    directive;
  return { id, number, issuedOn, place, issuer, subject, urgency, to, references, assignments, recipients, missing };
}
