import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HouseCopy } from '../../jobs/house-copy.service.js';
import { Roles } from '../access/access.js';
import { Activation } from './activation.service.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/request.js';

@ApiTags('people')
@Controller('api/house')
@Roles('admin')
export class HouseController {
  constructor(
    private readonly copy: HouseCopy,
    private readonly activation: Activation,
  ) {}

  /** `passive`: null, or why this copy of the house acts on nothing, since when, and what an activation begins with. */
  @Get()
  async show() {
    const passive = await this.activation.passive();
    const { id, generation, starts, address } = this.copy.state;
    return { id, generation, starts, address, passive };
  }

  /** This copy is the one that acts. 403 `code-needed`, `enrolment-needed`, `waiting-period`; 409 `not-passive`. */
  @Post('activate')
  @HttpCode(204)
  async activate(@CurrentActor() actor: Actor): Promise<void> {
    await this.activation.activate(actor);
  }
}
