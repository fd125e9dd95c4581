import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { dayRange, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { PostHeartbeat } from '../../posts/post-heartbeat.service.js';
import { PostList } from '../../posts/post-list.service.js';
import { postStates } from '../../posts/state/post.transitions.js';
import { dayInAddress, formLine, rowId } from '../forms/fields.js';
import { finder } from '../../shared/fold.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { calendarView, calendarRange } from './calendar.view.js';
import { heartbeatView } from './fanpage.view.js';
import { PostScreen } from './post-screen.js';
import { postRow, stateChoices } from './post.view.js';

const query = z.object({
  xem: z.enum(['thang', 'tuan', 'danh-sach']).catch('thang').default('thang'),
  ngay: dayInAddress,
  trangthai: z.enum(postStates).optional().catch(undefined),
  tim: formLine(200).catch('').default(''),
});

/** Fanpage: planned posts and their results. The actions on a post are in post-acts.page.ts. */
@ApiExcludeController()
@Controller('bai-dang')
@Roles('page-admin', 'editor')
export class PostsPage {
  constructor(
    private readonly postList: PostList,
    private readonly screen: PostScreen,
    private readonly heartbeat: PostHeartbeat,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: query }) asked: z.infer<typeof query>) {
    await this.screen.overview(visit, await this.chosen(visit.actor, asked));
  }

  /** The heartbeat fragment, polled every 30 s. */
  @Get('nhip')
  async beat(@Visit() visit: PageVisit) {
    const view = heartbeatView(await this.heartbeat.last(), this.clock.now(), this.config.timeZone);
    await visit.fragment('posts/heartbeat.part', { heartbeat: view });
  }

  @Get(':id')
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.screen.post(visit, id);
  }

  private async chosen(actor: Actor, { xem, ngay, trangthai, tim }: z.infer<typeof query>) {
    const zone = this.config.timeZone;
    const now = this.clock.now();
    // A filter by state or text searches all posts, not one month.
    if (xem === 'danh-sach' || trangthai || tim) {
      const fits = finder(tim);
      const found = await this.postList.list(actor, trangthai ? { state: trangthai } : {});
      const rows = found
        .filter(({ post, channelName }) => fits(post.message, channelName))
        .map((one) => postRow(one, zone));
      const filtered = trangthai !== undefined || tim !== '';
      return { tab: { list: true }, rows, states: stateChoices(trangthai), filtered, search: tim, asList: true };
    }
    const span = xem === 'tuan' ? 'week' : 'month';
    const date = ngay ?? localDateOf(now, zone);
    const days = calendarRange(span, date);
    const posts = await this.postList.between(actor, dayRange(days.from, zone).start, dayRange(days.until, zone).end);
    return {
      tab: { month: span === 'month', week: span === 'week' },
      calendar: calendarView(span, date, posts, zone, now),
      date,
    };
  }
}
