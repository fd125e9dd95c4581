import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { planChangeList, planChangeWithDifference } from './plan-changes.answers.js';
import { PlanChanges } from './plan-changes.service.js';
import { pathId } from '../slots/request-fields.js';

const filter = z.strictObject({
  unseen: z.stringbool().optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

@ApiTags('schedule')
@Controller('api/plan-changes')
export class PlanChangesController {
  constructor(private readonly changes: PlanChanges) {}

  /**
   * Lists what was planned again and why, newest first, in counts. Causes: `clip-changed`, `channel-rules`,
   * `campaign-extended`, `campaign-closed`, `approval-voided`, `broadcast-stopped`,
   * `broadcast-resumed`, `frames`, `by-hand`. Undo is planning again.
   */
  @Get()
  @Roles('editor', 'approver', 'official', 'admin')
  @Answers(planChangeList)
  async list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return { changes: await this.changes.list(query) };
  }

  /** Shows one plan change with what was before and after. */
  @Get(':id')
  @Roles('editor', 'approver', 'official', 'admin')
  @Answers(planChangeWithDifference)
  one(@Param('id') id: string) {
    return this.changes.one(pathId(id));
  }

  /** Marks a plan change as seen. The first who looked is remembered. */
  @Post(':id/seen')
  @Roles('editor', 'approver', 'official', 'admin')
  @HttpCode(204)
  @Answers(null)
  async seen(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.changes.seen(actor, pathId(id));
  }
}
