import { Module } from '@nestjs/common';
import { DirectivesController } from './directives.controller.js';
import { Directives } from './directives.service.js';
import { LetterReadings } from './letter-readings.service.js';

@Module({ controllers: [DirectivesController], providers: [Directives, LetterReadings], exports: [Directives] })
export class DirectivesModule {}
