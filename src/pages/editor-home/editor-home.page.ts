import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Roles } from '../../people/access/access.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { EditorHomeReadModel } from './editor-home.read-model.js';
import { editorHomeView } from './editor-home.view.js';

/** The editor's home page: returned scripts with the reason, drafts, and directives that still need a script. */
@ApiExcludeController()
@Controller('ban-bien-tap')
@Roles('editor')
export class EditorHomePage {
  constructor(private readonly facts: EditorHomeReadModel) {}

  @Get()
  async show(@Visit() visit: PageVisit) {
    await visit.render('editor-home/editor-home', 'Bàn biên tập', editorHomeView(await this.facts.now()));
  }
}
