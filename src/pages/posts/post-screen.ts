import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { hasRole } from '../../people/access/actor.js';
import type { PageVisit } from '../visit/page-visit.js';
import { FanpageReadModel } from './fanpage.read-model.js';
import { heartbeatView, switches } from './fanpage.view.js';
import { PostReadModel } from './post.read-model.js';
import { postRow, postView } from './post.view.js';

/** The values of a refused form. */
export interface TypedPost {
  link?: string;
  reason?: string;
}

/** Renders the two screens of the fanpage, also with a refused form. */
@Injectable()
export class PostScreen {
  constructor(
    private readonly fanpage: FanpageReadModel,
    private readonly posts: PostReadModel,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The switches, the posts that wait for a person, and the chosen part of the screen. */
  async overview(visit: PageVisit, part: object, problem?: unknown): Promise<void> {
    const zone = this.config.timeZone;
    const { channels, pauses, nameOf, beat, waiting, automatic } = await this.fanpage.now(visit.actor);
    const mayAct = hasRole(visit.actor, 'page-admin');
    const view = {
      heartbeat: heartbeatView(beat, this.clock.now(), zone),
      switches: switches(channels, pauses, nameOf, zone, mayAct, automatic),
      waiting: waiting.map((one) => postRow(one, zone)),
      ...part,
    };
    await visit.render('posts/post-list', 'Fanpage', view, problem);
  }

  /** Throws 404 for a post that is missing or not visible to the actor. */
  async post(visit: PageVisit, id: string, typed: TypedPost = {}, problem?: unknown): Promise<void> {
    const { shown, setting } = await this.posts.of(visit.actor, id);
    const mayAct = hasRole(visit.actor, 'page-admin');
    const view = postView(shown, this.config.timeZone, this.clock.now(), mayAct, setting);
    const filled = { typedLink: typed.link ?? '', typedReason: typed.reason ?? '' };
    await visit.render('posts/post', 'Bài đăng', { ...view, ...filled }, problem);
  }
}
