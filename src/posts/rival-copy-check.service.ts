import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { Database } from '../database/database.js';
import { HouseCopy } from '../jobs/house-copy.service.js';
import { type PublishOutcome } from './graph/post-adapter.port.js';
import { PostLookup } from './post-lookup.service.js';
import { PostPauses } from './post-pauses.service.js';
import { PostTransitions } from './state/post-transitions.js';
import { Post } from './state/post.entity.js';
import { RIVAL_MS } from './graph/post-rules.js';

const RIVAL =
  'Bài vừa đến giờ đã có sẵn trên trang mà bản này chưa gửi: có thể một bản khác của hệ thống còn chạy và đang đăng lên trang này. Hãy dừng bản kia rồi cho trang đăng tiếp.';

/** Looks for posts that another running copy of this installation has published. */
@Injectable()
export class RivalCopyCheck {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly transitions: PostTransitions,
    private readonly pauses: PostPauses,
    private readonly lookup: PostLookup,
    private readonly copy: HouseCopy,
  ) {}

  /**
   * In the week after an activation another copy of the installation may still run and may have published the post. If
   * so, it is not sent and the page is paused until a person has dealt with the other copy. Null when the page was read
   * and does not have the post.
   */
  async askPage(post: Post, signal: AbortSignal): Promise<PublishOutcome | null> {
    if (this.clock.now() - this.copy.state.generation > RIVAL_MS) return null;
    const found = await this.lookup.present(post, signal);
    if (found === null) return null;
    if ('kind' in found) return { kind: 'not-sent', reason: found.reason };
    await this.database.write(async (tx) => {
      await this.transitions.lockClaims(tx);
      await this.pauses.close(tx, post.channelId, RIVAL);
    });
    const { externalId, permalink } = found;
    return { kind: 'published', externalId, permalink };
  }
}
