import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { instantOf } from '../../shared/local-time.js';
import { Roles } from '../../people/access/access.js';
import { Channels } from '../../channels/channels.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { postAdapterNames } from '../../posts/graph/post-adapter.port.js';
import { Posts } from '../../posts/posts.service.js';
import { channelCode, formDay, formLine, formText, formTime, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import type { FlashCode } from '../visit/flash-messages.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { ScriptScreen, type ScriptScreenOptions } from './script-screen.js';

const query = z.object({ sua: z.string().optional() });
const newVersion = z.strictObject({
  latestSeen: z.coerce.number().int().min(1),
  title: formLine(2_000),
  text: formText(100_000),
});
const submission = z.strictObject({ versionId: rowId });
const newPost = z.strictObject({
  versionId: rowId,
  channelCode,
  date: formDay,
  time: formTime,
  adapter: z.enum(postAdapterNames),
});

/** One script: reading, editing, submitting, and scheduling its fanpage post. */
@ApiExcludeController()
@Controller('bai/:id')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptPage {
  constructor(
    private readonly screen: ScriptScreen,
    private readonly scripts: Scripts,
    private readonly posts: Posts,
    private readonly channels: Channels,
  ) {}

  @Get()
  async one(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Query({ schema: query }) asked: z.infer<typeof query>,
  ) {
    await this.screen.show(visit, id, { edit: asked.sua !== undefined });
  }

  @Post()
  @Roles('editor')
  async write(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: newVersion }) { latestSeen, title, text }: z.infer<typeof newVersion>,
  ) {
    try {
      await this.scripts.newVersion(visit.actor, id, latestSeen, title, text);
      return await visit.redirect(`/bai/${id}`, 'da-luu');
    } catch (error) {
      const typed = { title, text, seen: latestSeen };
      await this.screen.show(visit, id, { edit: true, typed }, asFormError(error));
    }
  }

  @Post('trinh')
  @Roles('editor')
  async submit(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: submission }) body: z.infer<typeof submission>,
  ) {
    await this.act(visit, id, 'da-trinh', async (versionId) => {
      requireSame(versionId, body.versionId);
      await this.scripts.submit(visit.actor, versionId);
    });
  }

  @Post('dang')
  @Roles('editor', 'page-admin')
  async post(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: newPost }) body: z.infer<typeof newPost>,
  ) {
    await this.act(
      visit,
      id,
      'da-hen',
      async (versionId, campaignId) => {
        requireSame(versionId, body.versionId);
        const channel = await this.channels.forActor(visit.actor, body.channelCode);
        const dueAt = instantOf(body.date, body.time, channel.zone);
        await this.posts.schedule(visit.actor, {
          campaignId,
          channelCode: channel.code,
          versionId,
          dueAt,
          adapter: body.adapter,
        });
      },
      { edit: false, post: body },
    );
  }

  /** Does `work` with the latest version, then shows the script with the flash message or the reason of a refusal. */
  private async act(
    visit: PageVisit,
    id: string,
    done: FlashCode,
    work: (versionId: string, campaignId: string) => Promise<void>,
    shown: ScriptScreenOptions = { edit: false },
  ) {
    const { script, versions } = await this.scripts.versions(id);
    const withLatest = () => work(versions[0]?.id ?? '', script.campaignId);
    await visit.submit(`/bai/${id}`, done, withLatest, (problem) => this.screen.show(visit, id, shown, problem));
  }
}

/** Throws when the version that the page showed is no longer the latest. */
function requireSame(latest: string, seen: string): void {
  if (latest === seen) return;
  throw new DomainError('conflict', 'newer-version', {
    vi: 'Bài vừa có phiên bản mới hơn. Xin xem lại rồi làm tiếp.',
    en: 'There is a newer version. Look again.',
  });
}
