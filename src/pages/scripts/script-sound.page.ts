import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { Clips } from '../../audio/clips/clips.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { rowId } from '../forms/fields.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { ScriptScreen } from './script-screen.js';

const nothing = z.strictObject({});
const tick = z
  .literal('co')
  .optional()
  .transform((value) => value !== undefined);
const clipOrder = z.strictObject({ repeat: tick, bed: tick, web: tick });

/** The clips of the latest version: ordering them, following their progress, cancelling them. */
@ApiExcludeController()
@Controller('bai/:id/ban-thu')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptSoundPage {
  constructor(
    private readonly screen: ScriptScreen,
    private readonly scripts: Scripts,
    private readonly clips: Clips,
  ) {}

  /** The progress fragment, polled every 2 s; a browser without scripts gets the whole page. */
  @Get()
  async progress(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.scripts.versions(id);
    if (!visit.wantsFragment) return visit.redirect(`/bai/${id}`);
    await this.screen.piece(visit, id, 'sound');
  }

  @Post()
  @Limited('render')
  @Roles('editor')
  async render(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: clipOrder }) asked: z.infer<typeof clipOrder>,
  ) {
    const latest = await this.latest(id);
    await this.screen.act(visit, id, 'sound', 'dang-dung', async () => {
      await this.clips.request(visit.actor, latest, asked);
    });
  }

  @Post('dung')
  @Roles('editor')
  async stop(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const latest = await this.latest(id);
    await this.screen.act(visit, id, 'sound', 'da-dung', async () => {
      for (const clip of await this.clips.ofVersion(latest)) await this.clips.cancel(visit.actor, latest, clip.id);
    });
  }

  private async latest(id: string): Promise<string> {
    return (await this.scripts.versions(id)).versions[0]?.id ?? '';
  }
}
