import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
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

  /** What was planned again and why, newest first, in counts. */
  @Get()
  @Roles('editor', 'approver', 'official', 'admin')
  async list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return { changes: await this.changes.list(query) };
  }

  /** One with what was before and after. 404. */
  @Get(':id')
  @Roles('editor', 'approver', 'official', 'admin')
  one(@Param('id') id: string) {
    return this.changes.one(pathId(id));
  }

  /** Somebody has looked; the first is remembered. 404. */
  @Post(':id/seen')
  @Roles('editor', 'approver', 'official', 'admin')
  @HttpCode(204)
  async seen(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.changes.seen(actor, pathId(id));
  }
}
