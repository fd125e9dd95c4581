import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { FanpageReadModel } from './posts/fanpage.read-model.js';
import { PostActsPage } from './posts/post-acts.page.js';
import { PostScreen } from './posts/post-screen.js';
import { PostReadModel } from './posts/post.read-model.js';
import { PostsPage } from './posts/posts.page.js';

/** The fanpage: its posts, its pause switches, the poster's heartbeat. */
@Module({
  imports: [PostsModule],
  controllers: [PostsPage, PostActsPage],
  providers: [FanpageReadModel, PostReadModel, PostScreen],
})
export class PostPagesModule {}
