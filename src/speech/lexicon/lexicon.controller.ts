import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { SignedIn } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import type { LexiconEntry } from './lexicon-entry.entity.js';
import { LexiconList } from './lexicon-list.service.js';
import { lexiconEntry, lexiconPage } from './lexicon.answers.js';
import { Lexicons } from './lexicons.service.js';

const context = z.array(z.string().min(1).max(30)).max(10);
export const entryFields = {
  written: z.string().min(1).max(200),
  spoken: z.string().min(1).max(400),
  matchCase: z.enum(['exact', 'any']).default('exact'),
  before: context.default([]),
  after: context.default([]),
};
const newEntry = z.strictObject({ unitId: z.string().max(36).nullable(), ...entryFields });
const changedEntry = z.strictObject({ seen: z.int(), ...entryFields });
const filter = z.strictObject({
  owner: z.string().max(36).optional().describe('Id of a unit, `centre` or `built-in`: only their entries.'),
  search: z.string().max(100).optional(),
  removed: z.stringbool().optional().describe('The removed entries instead of those that hold.'),
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

/** Từ điển đọc: how the wards, the centre and the house say a written form; the most local goes first. */
@ApiTags('speech')
@Controller('api/lexicon')
@SignedIn()
export class LexiconController {
  constructor(
    private readonly lexicons: Lexicons,
    private readonly entryList: LexiconList,
  ) {}

  /** Lists entries of the lexicon. An operator sees those of his own ward, the centre's and the built-in ones. */
  @Get()
  @Answers(lexiconPage, { errors: { 404: 'not-found' } })
  list(@CurrentActor() actor: Actor, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    return this.entryList.list(actor, query);
  }

  /** Adds an entry to the lexicon of a unit. `unitId` null is the centre. */
  @Post()
  @Answers(lexiconEntry, {
    errors: { 403: 'not-yours-to-change', 404: 'not-found', 409: 'already-there', 422: 'bad-entry' },
  })
  async add(@CurrentActor() actor: Actor, @Body({ schema: newEntry }) body: z.infer<typeof newEntry>) {
    const { unitId, ...entry } = body;
    return this.show(actor, await this.lexicons.add(actor, unitId, entry));
  }

  /**
   * Changes an entry of the lexicon. `seen` is the `changedAt` that was edited; 412 `entry-changed` when somebody else was
   * quicker.
   */
  @Put(':id')
  @Answers(lexiconEntry, {
    errors: { 403: 'not-yours-to-change', 409: 'already-there', 412: 'entry-changed', 422: 'bad-entry' },
  })
  async change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body({ schema: changedEntry }) body: z.infer<typeof changedEntry>,
  ) {
    const { seen, ...entry } = body;
    return this.show(actor, await this.lexicons.change(actor, id, seen, entry));
  }

  /** Removes an entry of the lexicon. It is kept among the removed ones. */
  @Delete(':id')
  @HttpCode(204)
  @Answers(null, { errors: { 403: 'not-yours-to-change', 412: 'entry-changed' } })
  remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.lexicons.remove(actor, id);
  }

  /** Restores a removed entry of the lexicon. 409 `already-there` when the form was added again since. */
  @Post(':id/restore')
  @HttpCode(200)
  @Answers(lexiconEntry, { errors: { 403: 'not-yours-to-change', 409: 'already-there', 412: 'entry-changed' } })
  async restore(@CurrentActor() actor: Actor, @Param('id') id: string) {
    return this.show(actor, await this.lexicons.restore(actor, id));
  }

  private async show(actor: Actor, row: LexiconEntry) {
    const [entry] = await this.entryList.shown(actor, [row]);
    if (!entry) throw new Error(`lexicon entry ${row.id} is not shown`);
    return entry;
  }
}
