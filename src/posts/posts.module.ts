import { Module } from '@nestjs/common';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { CampaignsModule } from '../campaigns/campaigns.module.js';
import { FanpageController } from './fanpage.controller.js';
import { GraphAdapter } from './graph/graph.adapter.js';
import { PostAdapter } from './graph/post-adapter.port.js';
import { PostList } from './post-list.service.js';
import { PostHeartbeat } from './post-heartbeat.service.js';
import { ImageForms } from './images/image-forms.js';
import { PostImages } from './images/post-images.service.js';
import { PostMetrics } from './post-metrics.js';
import { PostLookup } from './post-lookup.service.js';
import { PostTransitions } from './state/post-transitions.js';
import { PostPauses } from './post-pauses.service.js';
import { PostsController } from './posts.controller.js';
import { PostsListener } from './posts.listener.js';
import { Posts } from './posts.service.js';
import { PublishPostJob } from './publish-post.job.js';
import { PostClearance } from './post-clearance.service.js';
import { RivalCopyCheck } from './rival-copy-check.service.js';
import { Publisher } from './publisher.service.js';
import { RestoredPosts } from './restored-posts.service.js';

@Module({
  imports: [CampaignsModule, ApprovalsModule],
  controllers: [PostsController, FanpageController],
  providers: [
    GraphAdapter,
    { provide: PostAdapter, useExisting: GraphAdapter },
    PostTransitions,
    PostPauses,
    PostHeartbeat,
    PostMetrics,
    PostImages,
    ImageForms,
    Posts,
    PostList,
    PostClearance,
    Publisher,
    RivalCopyCheck,
    PostLookup,
    PublishPostJob,
    PostsListener,
    RestoredPosts,
  ],
  exports: [Posts, PostList, PostPauses, PostHeartbeat, PostImages, ImageForms, PostAdapter],
})
export class PostsModule {}
