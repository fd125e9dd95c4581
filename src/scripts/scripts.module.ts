import { Module } from '@nestjs/common';
import { ScriptsController } from './scripts.controller.js';
import { Scripts } from './scripts.service.js';
import { TemplateBook } from './template-book.service.js';
import { TemplateShelf } from './template-shelf.js';

@Module({
  controllers: [ScriptsController],
  providers: [Scripts, TemplateShelf, TemplateBook],
  exports: [Scripts, TemplateShelf, TemplateBook],
})
export class ScriptsModule {}
