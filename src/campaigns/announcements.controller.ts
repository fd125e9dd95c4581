import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../http/api/answers.js';
import { named } from '../http/api/schemas.js';
import { Roles } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { announcementBody } from './announcements.dto.js';
import { Announcements } from './announcements.service.js';

const announced = named(
  'Announced',
  z.strictObject({
    directiveId: z.string().describe('Where its obligations and its report are, as those of a letter.'),
    campaignId: z.string().describe('Where its scripts and plans belong.'),
    number: z.string().describe('The running number of its unit and year.'),
  }),
);

@ApiTags('campaigns')
@Controller('api/announcements')
@Roles('editor')
export class AnnouncementsController {
  constructor(private readonly announcements: Announcements) {}

  /**
   * Makes an announcement without a letter, and opens its campaign: a water cut, a lost child, a meeting. Scripts, approval,
   * slots and report are those of any campaign.
   */
  @Post()
  @Answers(announced, { errors: { 422: ['unknown-unit', 'bad-period', 'bad-plays'] } })
  make(@CurrentActor() actor: Actor, @Body({ schema: announcementBody }) body: z.infer<typeof announcementBody>) {
    return this.announcements.make(actor, body);
  }
}
