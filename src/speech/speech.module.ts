import { Module } from '@nestjs/common';
import { Reader } from './reader.service.js';
import { ReadingController } from './reading.controller.js';

@Module({ controllers: [ReadingController], providers: [Reader], exports: [Reader] })
export class SpeechModule {}
