import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '../shared/clock.js';
import { localDateOf } from '../shared/local-time.js';
import { SignedIn } from '../people/access/access.js';
import type { Actor } from '../people/access/actor.js';
import { CurrentActor } from '../people/access/request.js';
import { showWindow } from './channel-rules.controller.js';
import { Channels } from './channels.service.js';
import { showPolicy } from './law.controller.js';
import { effectiveHours } from './hours/permitted-hours.js';
import { Policies } from './policies.service.js';
import type { Channel } from './channel.entity.js';

@ApiTags('channels')
@Controller('api/channels')
@SignedIn()
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** The channels the caller may see: all of them, or an operator's own ward's. */
  @Get()
  async list(@CurrentActor() actor: Actor) {
    return (await this.channels.visibleTo(actor)).map(show);
  }

  /**
   * With its windows: local start, minutes, ISO weekdays (1 Monday) or a rule of the calendar, seasons. `permitted` are
   * its own hours; `law` is what its place lets it do today, `law.permitted` what is left of the hours. 404.
   */
  @Get(':code')
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
