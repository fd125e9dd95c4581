import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../shared/clock.js';
import { localDateOf } from '../shared/local-time.js';
import { Answers } from '../http/api/answers.js';
import { SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { showWindow } from './channel-rules.controller.js';
import { channelList, channelWithRules } from './channels.answers.js';
import { Channels } from './channels.service.js';
import { showPolicy } from './law.controller.js';
import { effectiveHours } from './hours/permitted-hours.js';
import { Policies } from './policies.service.js';
import type { Channel } from './entities/channel.entity.js';

@ApiTags('channels')
@Controller('api/channels')
@SignedIn()
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** Lists the channels that the caller may see. All of them, or those of an operator's own ward. */
  @Get()
  @Answers(channelList)
  async list(@CurrentActor() actor: Actor) {
    return (await this.channels.visibleTo(actor)).map(show);
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
      ...show(channel),
      permitted: channel.permitted,
      law: policy && {
        ...showPolicy(policy),
        permitted: effectiveHours(channel.permitted, policy.permitted, policy.quiet),
      },
      windows: windows.map(showWindow),
    };
  }
}

function show({ code, kind, name, profile, zone }: Channel) {
  return { code, kind, name, profile, zone };
}
