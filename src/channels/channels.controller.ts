import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../shared/clock.js';
import { localDateOf } from '../shared/local-time.js';
import { Answers } from '../http/api/answers.js';
import { Roles, SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { showWindow } from './channel-rules.controller.js';
import { Units } from '../people/units/units.service.js';
import { ChannelEditor } from './channel-editor.service.js';
import { channel as channelAnswer, channelList, channelWithRules } from './channels.answers.js';
import { channelBody, channelChange, channelsQuery, pauseBody, resumeBody, retireBody } from './channels.dto.js';
import { Channels } from './channels.service.js';
import { showPolicy } from './law.controller.js';
import { effectiveHours } from './hours/permitted-hours.js';
import { Policies } from './policies.service.js';
import { type Channel, channelStateOf } from './entities/channel.entity.js';

const channelErrors = [
  'unknown-unit',
  'bad-profile',
  'bad-rule',
  'law-not-chosen',
  'unknown-preset',
  'unknown-place',
  'in-the-past',
] as const;

@ApiTags('channels')
@Controller('api/channels')
@SignedIn()
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly editor: ChannelEditor,
    private readonly policies: Policies,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  /**
   * Lists the channels that the caller may see. All of them, or those of an operator's own ward; with `retired=true` also
   * those that are out of use.
   */
  @Get()
  @Answers(channelList)
  async list(@CurrentActor() actor: Actor, @Query({ schema: channelsQuery }) query: z.infer<typeof channelsQuery>) {
    const all = query.retired === 'true';
    const channels = await (all ? this.channels.everVisibleTo(actor) : this.channels.visibleTo(actor));
    return channels.map((channel) => this.show(channel));
  }

  /**
   * Adds a channel of any unit, with its windows. A loudspeaker needs hours of its own and a law that somebody chose:
   * `law` names a preset for its place, and may be left out where one was chosen before. `code` comes from the name.
   */
  @Post()
  @Roles('admin')
  @Answers(channelAnswer, {
    errors: {
      409: ['channel-exists', 'window-name-taken'],
      422: [...channelErrors, 'never-opens', 'not-a-loudspeaker'],
    },
  })
  async add(@CurrentActor() actor: Actor, @Body({ schema: channelBody }) body: z.infer<typeof channelBody>) {
    return this.withUnit(await this.editor.add(actor, body));
  }

  /** Changes name, unit and sound profile. Code, kind and zone stay. */
  @Put(':code')
  @Roles('admin')
  @Answers(channelAnswer, { errors: { 422: channelErrors } })
  async change(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: channelChange }) body: z.infer<typeof channelChange>,
  ) {
    return this.withUnit(await this.editor.change(actor, code, body));
  }

  /**
   * Pauses a channel. What is planned in these days is taken out with the reason, and nothing but an emergency is placed in
   * them. What has aired stays.
   */
  @Post(':code/pause')
  @Roles('admin')
  @HttpCode(200)
  @Answers(channelAnswer, { errors: { 409: 'already-closed', 422: 'in-the-past' } })
  async pause(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: pauseBody }) body: z.infer<typeof pauseBody>,
  ) {
    return this.withUnit(await this.editor.pause(actor, code, body));
  }

  /** Retires a channel: all that is planned is taken out with the reason. Its history stays readable. */
  @Post(':code/retire')
  @Roles('admin')
  @HttpCode(200)
  @Answers(channelAnswer, { errors: { 409: 'already-closed' } })
  async retire(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: retireBody }) body: z.infer<typeof retireBody>,
  ) {
    return this.withUnit(await this.editor.retire(actor, code, body.reason));
  }

  /** Opens a paused or retired channel again from now on; campaigns that still demand it are planned again. */
  @Post(':code/resume')
  @Roles('admin')
  @HttpCode(200)
  @Answers(channelAnswer, { errors: { 409: 'not-closed' } })
  async resume(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body({ schema: resumeBody }) _body: z.infer<typeof resumeBody>,
  ) {
    return this.withUnit(await this.editor.resume(actor, code));
  }

  /**
   * Shows one channel with its windows and the law of its place. `permitted` are its own hours; `law` is what its place lets
   * it do today, `law.permitted` what is left of the hours.
   */
  @Get(':code')
  @Answers(channelWithRules)
  async one(@CurrentActor() actor: Actor, @Param('code') code: string) {
    const channel = await this.channels.forActor(actor, code);
    const windows = await this.channels.windows([channel.id]);
    const policy = await this.policies.of(channel, localDateOf(this.clock.now(), channel.zone));
    return {
      ...(await this.withUnit(channel)),
      closures: channel.closures.map(({ start, end, retired, reason, by }) => ({ start, end, retired, reason, by })),
      permitted: channel.permitted,
      law: policy && {
        ...showPolicy(policy),
        permitted: effectiveHours(channel.permitted, policy.permitted, policy.quiet),
      },
      windows: windows.map(showWindow),
    };
  }

  private async withUnit(channel: Channel) {
    return { ...this.show(channel), unit: (await this.units.byId(channel.unitId))?.code ?? '' };
  }

  private show(channel: Channel) {
    const { code, kind, name, profile, zone } = channel;
    return { code, kind, name, profile, zone, state: channelStateOf(channel, this.clock.now()) };
  }
}
