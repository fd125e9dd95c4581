import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HouseCopy } from '../../jobs/house-copy.service.js';
import { Roles } from '../access/access.js';
import { Answers } from '../../http/api/answers.js';
import { Activation } from './activation.service.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor } from '../access/request.js';
import { houseState } from './house.answers.js';

@ApiTags('people')
@Controller('api/house')
@Roles('admin')
export class HouseController {
  constructor(
    private readonly copy: HouseCopy,
    private readonly activation: Activation,
  ) {}

  /**
   * Shows which copy of the house this is, and whether it acts. `passive`: why this copy acts on nothing, since when, and
   * what an activation begins with.
   */
  @Get()
  @Answers(houseState)
  async show() {
    const passive = await this.activation.passive();
    const { id, generation, starts, address } = this.copy.state;
    return { id, generation, starts, address, passive };
  }

  /** Activates this copy of the house: it is the one that acts. */
  @Post('activate')
  @HttpCode(204)
  @Answers(null, { errors: { 403: ['code-needed', 'enrolment-needed', 'waiting-period'], 409: 'not-passive' } })
  async activate(@CurrentActor() actor: Actor): Promise<void> {
    await this.activation.activate(actor);
  }
}
