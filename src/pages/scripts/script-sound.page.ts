import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Limited } from '../../http/limits.js';
import { Roles } from '../../people/access.js';
import type { Actor } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Clips } from '../../audio/clips.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { rowId } from '../fields.js';
import { seeOther, wantsPiece } from '../page-frame.js';
import { ScriptScreen } from './script.screen.js';

const nothing = z.strictObject({});
const tick = z
  .literal('co')
  .optional()
  .transform((value) => value !== undefined);
const wishes = z.strictObject({ repeat: tick, bed: tick, web: tick });

/** The clips of the latest version on its screen: asked for, followed while they are made, stopped. */
@ApiExcludeController()
@Controller('bai/:id/ban-thu')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptSoundPage {
  constructor(
    private readonly screen: ScriptScreen,
    private readonly scripts: Scripts,
    private readonly clips: Clips,
  ) {}

  /** How far it is; a script asks every two seconds, whoever comes by hand gets the whole page. */
  @Get()
  async progress(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
  ) {
    await this.scripts.versions(id);
    if (!wantsPiece(request)) return seeOther(reply, `/bai/${id}`);
    await this.screen.piece(actor, request, reply, id, 'sound');
  }

  @Post()
  @Limited('render')
  @Roles('editor')
  async render(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: wishes }) asked: z.infer<typeof wishes>,
  ) {
    const latest = await this.latest(id);
    await this.screen.act(actor, request, reply, id, 'sound', 'dang-dung', async () => {
      await this.clips.request(actor, latest, asked);
    });
  }

  @Post('dung')
  @Roles('editor')
  async stop(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: nothing }) _body: z.infer<typeof nothing>,
  ) {
    const latest = await this.latest(id);
    await this.screen.act(actor, request, reply, id, 'sound', 'da-dung', async () => {
      for (const clip of await this.clips.ofVersion(latest)) await this.clips.cancel(actor, latest, clip.id);
    });
  }

  private async latest(id: string): Promise<string> {
    return (await this.scripts.versions(id)).versions[0]?.id ?? '';
  }
}
