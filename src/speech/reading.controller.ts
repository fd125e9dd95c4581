import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SignedIn } from '../people/access.js';
import { Reader } from './reader.service.js';
import { estimateSeconds } from './voices/sentences.js';

const text = z.strictObject({ text: z.string().min(1).max(20_000) });

@ApiTags('speech')
@Controller('api/reading')
@SignedIn()
export class ReadingController {
  constructor(private readonly reader: Reader) {}

  /** The text as it will be spoken, span by span (UTF-16 offsets), what needs a person's eye, and the estimated seconds. */
  @Post()
  @HttpCode(200)
  async read(@Body({ schema: text }) body: z.infer<typeof text>) {
    const reading = await this.reader.read(body.text);
    return { ...reading, seconds: estimateSeconds(reading.spoken) };
  }
}
