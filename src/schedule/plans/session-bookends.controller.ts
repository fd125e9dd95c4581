import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { BookendSettings } from './bookend-settings.service.js';
import { channelCodeField, entityId } from '../slots/request-fields.js';
import { sessionFrameList } from './session-bookends.answers.js';

const body = z
  .strictObject({
    unitCode: channelCodeField.optional(),
    windowId: entityId.optional(),
    openingClipId: entityId.nullable().optional(),
    closingClipId: entityId.nullable().optional(),
    openingCall: z.boolean().optional(),
    closingCall: z.boolean().optional(),
    openingNone: z.boolean().optional(),
    closingNone: z.boolean().optional(),
  })
  .refine((one) => (one.unitCode === undefined) !== (one.windowId === undefined), {
    message: 'either unitCode or windowId',
    path: ['unitCode'],
  })
  .refine(({ unitCode, openingNone, closingNone }) => unitCode === undefined || !(openingNone || closingNone), {
    message: 'only a window keeps its unit out',
    path: ['windowId'],
  })
  .refine((one) => !(one.openingNone && (one.openingClipId || one.openingCall)), {
    message: 'nothing, or something',
    path: ['openingNone'],
  })
  .refine((one) => !(one.closingNone && (one.closingClipId || one.closingCall)), {
    message: 'nothing, or something',
    path: ['closingNone'],
  });

@ApiTags('schedule')
@Controller('api/session-frames')
export class SessionBookendsController {
  constructor(private readonly bookends: BookendSettings) {}

  /**
   * Lists what opens and closes the sessions of units and windows. A session with at least one item begins with the opening
   * and ends, after its last item, with the closing; plans keep their time free.
   */
  @Get()
  @Roles('editor', 'approver', 'official', 'admin')
  @Answers(sessionFrameList)
  async list() {
    return { frames: await this.bookends.list() };
  }

  /**
   * Sets what opens and closes the sessions of a unit or of one window. What a window says of a part wins over its unit; null
   * takes a clip away, and a part of which nothing is said follows the unit. `openingCall`, `closingCall`: the station call
   * of the day, for which the clip stands in while it is not ready. `openingNone`, `closingNone` (of a window, without clip
   * and call): nothing, whatever the unit has.
   */
  @Put()
  @Roles('editor', 'admin')
  @HttpCode(204)
  @Answers(null, { errors: { 404: 'not-found', 409: ['clip-not-ready', 'not-approved'], 422: 'no-loudspeaker' } })
  async set(@CurrentActor() actor: Actor, @Body({ schema: body }) request: z.infer<typeof body>): Promise<void> {
    await this.bookends.set(actor, request);
  }
}
