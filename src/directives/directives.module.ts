import { Module } from '@nestjs/common';
import { DirectivesController } from './directives.controller.js';
import { Directives } from './directives.service.js';

@Module({ controllers: [DirectivesController], providers: [Directives], exports: [Directives] })
export class DirectivesModule {}
