import { Module } from '@nestjs/common';
import { ScriptsController } from './scripts.controller.js';
import { Scripts } from './scripts.service.js';
import { TemplateShelf } from './template-shelf.js';

@Module({ controllers: [ScriptsController], providers: [Scripts, TemplateShelf], exports: [Scripts, TemplateShelf] })
export class ScriptsModule {}
