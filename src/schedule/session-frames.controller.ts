import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../people/access.js';
import type { Actor } from '../people/actor.js';
import { Me } from '../people/request.js';
import { FrameSettingsDesk } from './frame-settings.service.js';
import { code, id } from './schedule.dto.js';

const body = z
  .strictObject({
    unitCode: code.optional(),
    windowId: id.optional(),
    openingClipId: id.nullable().optional(),
    closingClipId: id.nullable().optional(),
    openingCall: z.boolean().optional(),
    closingCall: z.boolean().optional(),
  })
  .refine((one) => (one.unitCode === undefined) !== (one.windowId === undefined), {
    message: 'either unitCode or windowId',
    path: ['unitCode'],
  });

@ApiTags('schedule')
@Controller('api/session-frames')
export class SessionFramesController {
  constructor(private readonly settings: FrameSettingsDesk) {}

  /** What opens and closes the sessions of units and windows. */
  @Get()
  @Roles('editor', 'approver', 'official', 'admin')
  async list() {
    return { frames: await this.settings.list() };
  }

  /**
   * A window's own setting wins over its unit's; null takes a clip away. `openingCall`, `closingCall`: the station call of the day, for
   * which the clip stands in while it is not ready. 404; 409 `clip-not-ready`, `not-approved`; 422 `no-loudspeaker`.
   */
  @Put()
  @Roles('editor', 'admin')
  @HttpCode(204)
  async set(@Me() actor: Actor, @Body({ schema: body }) request: z.infer<typeof body>): Promise<void> {
    await this.settings.set(actor, request);
  }
}
