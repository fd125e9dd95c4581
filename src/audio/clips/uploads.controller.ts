import '@fastify/multipart';
import type { Readable } from 'node:stream';
import { Controller, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { Limited } from '../../http/limits/limits.js';
import { Answers } from '../../http/api/answers.js';
import { Roles } from '../../people/access/access.js';
import type { Actor } from '../../people/access/actor.js';
import { CurrentActor } from '../../people/access/request.js';
import { announcedBytes } from '../../http/limits/receptions.js';
import { readRefusedBody } from '../../http/requests/refused-body.js';
import { RECORDING_MAX_BYTES } from '../recordings/recording-refusals.js';
import { Uploads } from './uploads.service.js';
import { requestedClips } from './version-clips.answers.js';

const alsoAsked = z.object({ web: z.stringbool().default(false) });

@ApiTags('audio')
@Controller('api/versions/:versionId/clips/upload')
@Roles('editor')
export class UploadsController {
  constructor(private readonly uploads: Uploads) {}

  /**
   * Uploads a recording as the clips of a script version. The one file of a multipart form: mp3, wav, m4a, ogg, flac, or webm
   * from the browser; 60 minutes and 200 MB at most. It is heard through before the answer, which has the ids of the clips
   * that are being made of it, with `web=true` one more for websites and fanpages; ask for their state as for any.
   */
  @Post()
  @Limited('render')
  @HttpCode(202)
  @Answers(requestedClips, {
    multipart: { file: 'The recording.' },
    errors: {
      400: ['no-file', 'cut-off'],
      409: ['upload-quota', 'version-superseded'],
      413: 'recording-too-large',
      422: ['not-sound', 'is-video', 'too-long', 'too-short', 'silent-recording', 'no-sound'],
      429: 'too-many-receptions',
      503: ['receptions-full', 'no-room', 'uploads-refused'],
    },
  })
  async upload(
    @CurrentActor() actor: Actor,
    @Param('versionId') versionId: string,
    @Query({ schema: alsoAsked }) { web }: z.infer<typeof alsoAsked>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    try {
      const recording = { announcedBytes: announcedBytes(request), open: () => fileOf(request) };
      return { clipIds: await this.uploads.receive(actor, versionId, recording, web) };
    } catch (error) {
      await readRefusedBody(request, reply);
      throw error;
    }
  }
}

/** The first file, as it comes in. A little more than allowed is let through, so that the service says what is too large. */
async function fileOf(request: FastifyRequest): Promise<Readable> {
  if (!request.isMultipart()) throw noFile();
  const limits = { files: 1, fields: 8, parts: 9, fieldSize: 1_000, fileSize: RECORDING_MAX_BYTES + 1_000_000 };
  try {
    const part = await request.file({ limits, throwFileSizeLimit: false });
    if (part) return part.file;
  } catch (cause) {
    throw noFile(cause);
  }
  throw noFile();
}

function noFile(cause?: unknown): DomainError {
  return new DomainError(
    'malformed',
    'no-file',
    { vi: 'Chưa có tệp âm thanh nào được gửi lên.', en: 'No file was sent.' },
    {},
    { cause },
  );
}
