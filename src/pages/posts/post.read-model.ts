import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { PostImages } from '../../posts/images/post-images.service.js';
import { PostList } from '../../posts/post-list.service.js';
import { PostPauses } from '../../posts/post-pauses.service.js';
import { PeopleNames } from '../visit/people-names.js';
import type { PostSetting } from './post.view.js';

/** Reads one post with the facts of its screen. */
@Injectable()
export class PostReadModel {
  constructor(
    private readonly database: Database,
    private readonly postList: PostList,
    private readonly images: PostImages,
    private readonly pauses: PostPauses,
    private readonly names: PeopleNames,
  ) {}

  /** Throws 404 for a post that is missing or not visible to the actor. */
  async of(actor: Actor, id: string) {
    const shown = await this.postList.one(actor, id);
    const { post } = shown;
    const em = this.database.read();
    const clips = await em.findBy(Clip, { scriptVersionId: post.scriptVersionId, state: 'ready' });
    const nameOf = await this.names.of([post.publishedBy]);
    const setting: PostSetting = {
      image: await this.images.facts(id),
      clips: clips.flatMap(({ sha256, durationMs }) => (sha256 ? [{ sha256, durationMs }] : [])),
      publisher: post.publishedBy ? nameOf(post.publishedBy) : '',
      paused: await this.pauses.isPaused(em, post.channelId),
    };
    return { shown, setting };
  }
}
