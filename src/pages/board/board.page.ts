import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { channelKinds } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { localDateOf, VIETNAM } from '../../shared/local-time.js';
import { Roles } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { Calendars } from '../../schedule/calendar/calendars.service.js';
import { dayInAddress, formLine } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { BoardSidebar } from './board-sidebar.js';
import { boardView } from './board.view.js';
import { dayParts } from './day-part.js';

const query = z.object({
  ngay: dayInAddress,
  loai: z.enum(channelKinds).optional().catch(undefined),
  tim: formLine(200).optional().catch(undefined),
  buoi: z.enum(dayParts).optional().catch(undefined),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

/** Lịch: one day on every channel, and the decisions that are open about it. */
@ApiExcludeController()
@Controller('lich')
@Roles('editor', 'approver', 'operator', 'official', 'admin')
export class BoardPage {
  constructor(
    private readonly calendars: Calendars,
    private readonly sidebar: BoardSidebar,
    private readonly clock: Clock,
  ) {}

  @Get()
  async board(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    const now = this.clock.now();
    const today = localDateOf(now, VIETNAM);
    const date = asked.ngay ?? today;
    const choice = { kind: asked.loai, search: asked.tim ?? '', part: asked.buoi };
    const { kind, search } = choice;
    const { names, ...board } = await this.calendars.boardDay(visit.actor, date, { kind, search, page: asked.trang });
    const view = {
      ...boardView(board, choice, { today, now, mayMove: hasRole(visit.actor, 'editor') }),
      side: await this.sidebar.of(visit.actor, date, (code) => names.get(code) ?? code),
    };
    await visit.render('board/board', 'Lịch phát', view);
  }
}
