import { Module } from '@nestjs/common';
import { ScriptsController } from './scripts.controller.js';
import { Scripts } from './scripts.service.js';
import { TemplateVersions } from './template-versions.service.js';
import { TemplateCatalog } from './template-catalog.js';

@Module({
  controllers: [ScriptsController],
  providers: [Scripts, TemplateCatalog, TemplateVersions],
  exports: [Scripts, TemplateCatalog, TemplateVersions],
})
export class ScriptsModule {}
