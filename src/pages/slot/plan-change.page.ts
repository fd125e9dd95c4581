import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VIETNAM } from '../../shared/local-time.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Channels } from '../../channels/channels.service.js';
import { PlanChanges } from '../../schedule/plan-changes.service.js';
import type { Difference } from '../../schedule/slot-difference.js';
import { rowId } from '../fields.js';
import { moment } from '../language/language.js';
import { Pages } from '../page-frame.js';
import { differenceView } from './difference.view.js';

/** What was planned again by itself, before and after. */
@ApiExcludeController()
@Controller('lich/thay-doi')
@Roles('editor', 'approver', 'official', 'admin')
export class PlanChangePage {
  constructor(
    private readonly pages: Pages,
    private readonly changes: PlanChanges,
    private readonly channels: Channels,
  ) {}

  @Get(':id')
  async one(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
  ) {
    const change = await this.changes.one(id);
    const names = new Map((await this.channels.visibleTo(actor)).map(({ code, name }) => [code, name]));
    const told = differenceView(change.difference as unknown as Difference, VIETNAM, (code) => names.get(code) ?? code);
    const view = {
      id,
      at: moment(change.at, VIETNAM),
      sentence: change.sentence,
      told,
      unseen: change.seenAt === null,
    };
    await this.pages.send(request, reply, 'slot/plan-change', 'Lịch vừa được xếp lại', view);
  }
}
