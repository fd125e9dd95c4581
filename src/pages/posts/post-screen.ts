import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { hasRole } from '../../people/actor.js';
import { Clip } from '../../audio/clip.entity.js';
import { Channels } from '../../channels/channels.service.js';
import { PostAdapter } from '../../posts/post-adapter.port.js';
import { PostHeartbeat } from '../../posts/post-heartbeat.service.js';
import { PostImages } from '../../posts/post-images.service.js';
import { PostList } from '../../posts/post-list.service.js';
import { PostPauses } from '../../posts/post-pauses.service.js';
import { PeopleNames } from '../people-names.js';
import type { PageVisit } from '../page-visit.js';
import { heartbeatView, switches } from './fanpage.view.js';
import { postRow, postView } from './post.view.js';

/** What was typed into a form that was refused. */
export interface TypedPost {
  link?: string;
  reason?: string;
}

/** Draws the two screens of the fanpage, also after a form was refused. */
@Injectable()
export class PostScreen {
  constructor(
    private readonly database: Database,
    private readonly shelf: PostList,
    private readonly pauses: PostPauses,
    private readonly heartbeat: PostHeartbeat,
    private readonly images: PostImages,
    private readonly channels: Channels,
    private readonly adapter: PostAdapter,
    private readonly names: PeopleNames,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** The switches, what waits for a person, and the part that was chosen. */
  async overview(visit: PageVisit, part: object, problem?: unknown) {
    const zone = this.config.timeZone;
    const pages = (await this.channels.visibleTo(visit.actor)).filter(({ kind }) => kind === 'fanpage');
    const pauses = await this.pauses.all();
    const nameOf = await this.names.of([...pauses.values()].map(({ changedBy }) => changedBy));
    const view = {
      heartbeat: heartbeatView(await this.heartbeat.last(), this.clock.now(), zone),
      switches: switches(pages, pauses, nameOf, zone, hasRole(visit.actor, 'page-admin'), this.adapter.ready()),
      waiting: (await this.shelf.waiting(visit.actor)).map((one) => postRow(one, zone)),
      ...part,
    };
    await visit.render('posts/post-list', 'Fanpage', view, problem);
  }

  /** 404 for a post that is missing or not the actor's. */
  async post(visit: PageVisit, id: string, typed: TypedPost = {}, problem?: unknown) {
    const found = await this.shelf.one(visit.actor, id);
    const { post } = found;
    const em = this.database.read();
    const clips = await em.findBy(Clip, { scriptVersionId: post.scriptVersionId, state: 'ready' });
    const nameOf = await this.names.of([post.publishedBy]);
    const setting = {
      image: await this.images.facts(id),
      clips: clips.flatMap(({ sha256, durationMs }) => (sha256 ? [{ sha256, durationMs }] : [])),
      publisher: post.publishedBy ? nameOf(post.publishedBy) : '',
      paused: await this.pauses.isPaused(em, post.channelId),
    };
    const view = postView(found, this.config.timeZone, this.clock.now(), hasRole(visit.actor, 'page-admin'), setting);
    const filled = { typedLink: typed.link ?? '', typedReason: typed.reason ?? '' };
    await visit.render('posts/post', 'Bài đăng', { ...view, ...filled }, problem);
  }
}
