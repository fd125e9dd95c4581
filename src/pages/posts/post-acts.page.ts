import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { DomainError } from '../../shared/domain-error.js';
import { UsesReserve } from '../../http/requests/route-access.js';
import { Roles } from '../../people/access/access.js';
import { ImageForms } from '../../posts/images/image-forms.js';
import { PostImages } from '../../posts/images/post-images.service.js';
import { PostPauses } from '../../posts/post-pauses.service.js';
import { Posts } from '../../posts/posts.service.js';
import { channelCode, formLine, rowId } from '../forms/fields.js';
import type { FlashCode } from '../visit/flash-messages.js';
import { inCurrentLanguage } from '../language/language.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { PostScreen, type TypedPost } from './post-screen.js';

const nothing = z.strictObject({});
const why = z.strictObject({ lydo: formLine(500).default('') });
const link = z.strictObject({ permalink: formLine(500) });

/** The actions of a page admin: post by hand, retry, cancel; and the pause switch of a page. */
@ApiExcludeController()
@Controller('bai-dang')
@Roles('page-admin')
export class PostActsPage {
  constructor(
    private readonly posts: Posts,
    private readonly pauses: PostPauses,
    private readonly images: PostImages,
    private readonly imageForms: ImageForms,
    private readonly screen: PostScreen,
  ) {}

  @Post('kenh/:code/tam-dung')
  @UsesReserve()
  async pause(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.throwSwitch(visit, code, true, lydo);
  }

  @Post('kenh/:code/dang-tiep')
  async resume(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.throwSwitch(visit, code, false, lydo);
  }

  @Post(':id/duong-dan')
  async confirm(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: link }) { permalink }: z.infer<typeof link>,
  ) {
    const work = () => this.posts.confirm(visit.actor, id, permalink);
    await this.act(visit, id, 'da-ghi', work, { link: permalink });
  }

  @Post(':id/huy')
  @UsesReserve()
  async cancel(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(visit, id, 'da-huy', () => this.posts.cancel(visit.actor, id));
  }

  @Post(':id/dang-lai')
  async retry(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: why }) { lydo }: z.infer<typeof why>,
  ) {
    await this.act(visit, id, 'da-hen', () => this.posts.retry(visit.actor, id, lydo), { reason: lydo });
  }

  @Post(':id/tim')
  async look(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(visit, id, 'dang-tim', () => this.posts.lookAgain(visit.actor, id));
  }

  @Post(':id/bo-anh')
  async removeImage(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    await this.act(visit, id, 'da-luu', () => this.images.remove(visit.actor, id));
  }

  /**
   * The script sends a form with a file and carries the CSRF token in a header; a refusal is a sentence beside the
   * form.
   */
  @Post(':id/anh')
  @HttpCode(200)
  async putImage(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    try {
      const { bytes, alt } = await visit.receive(this.imageForms);
      await this.images.put(visit.actor, id, bytes, alt);
      await visit.redirectByScript(`/bai-dang/${id}`, 'da-luu');
    } catch (error) {
      const problem = asFormError(error);
      await visit.fragment('posts/image-problem.part', { problem: inCurrentLanguage(problem.sentence) }, 422);
    }
  }

  private async throwSwitch(visit: PageVisit, code: string, paused: boolean, reason: string) {
    const work = () => this.pauses.throwSwitch(visit.actor, code, paused, reason);
    await visit.submit('/bai-dang', paused ? 'da-tam-dung' : 'da-dang-tiep', work, (problem) =>
      this.screen.overview(visit, { typedReason: reason, refusedCode: code }, problem),
    );
  }

  private async act(visit: PageVisit, id: string, done: FlashCode, work: () => Promise<void>, typed: TypedPost = {}) {
    const again = (problem: DomainError) => this.screen.post(visit, id, typed, problem);
    await visit.submit(`/bai-dang/${id}`, done, work, again);
  }
}
