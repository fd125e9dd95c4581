import { Injectable } from '@nestjs/common';
import type { Actor } from '../../people/access/actor.js';
import { Channels } from '../../channels/channels.service.js';
import { PostAdapter } from '../../posts/graph/post-adapter.port.js';
import { PostHeartbeat } from '../../posts/post-heartbeat.service.js';
import { PostList } from '../../posts/post-list.service.js';
import { PostPauses } from '../../posts/post-pauses.service.js';
import { PeopleNames } from '../visit/people-names.js';

/** Reads the state of the fanpages: their switches, the poster's heartbeat, and the posts that wait for a person. */
@Injectable()
export class FanpageReadModel {
  constructor(
    private readonly channels: Channels,
    private readonly pauses: PostPauses,
    private readonly heartbeat: PostHeartbeat,
    private readonly postList: PostList,
    private readonly adapter: PostAdapter,
    private readonly names: PeopleNames,
  ) {}

  async now(actor: Actor) {
    const channels = (await this.channels.visibleTo(actor)).filter(({ kind }) => kind === 'fanpage');
    const pauses = await this.pauses.all();
    return {
      channels,
      pauses,
      nameOf: await this.names.of([...pauses.values()].map(({ changedBy }) => changedBy)),
      beat: await this.heartbeat.last(),
      waiting: await this.postList.waiting(actor),
      automatic: this.adapter.ready(),
    };
  }
}
