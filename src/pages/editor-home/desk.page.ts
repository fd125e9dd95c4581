import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Roles } from '../../people/access/access.js';
import { PageVisit } from '../page-visit.js';
import { Visit } from '../visit.decorator.js';
import { DeskReadModel } from './desk.read-model.js';
import { deskView } from './desk.view.js';

/** The editor's first screen: what came back and why, what is being written, and which orders still wait for a script. */
@ApiExcludeController()
@Controller('ban-bien-tap')
@Roles('editor')
export class DeskPage {
  constructor(private readonly facts: DeskReadModel) {}

  @Get()
  async desk(@Visit() visit: PageVisit) {
    await visit.render('editor-home/desk', 'Bàn biên tập', deskView(await this.facts.now()));
  }
}
