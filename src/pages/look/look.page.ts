import '@fastify/cookie';
import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Csrf } from '../../people/csrf.js';
import { Public } from '../../people/access.js';
import { LANGUAGE_COOKIE, languages } from '../language/language.js';
import { seeOther } from '../page-frame.js';
import { ownPath } from '../sign-in/safe-next.js';
import { THEME_COOKIE, themes } from './theme.js';

const form = z.strictObject({
  ngonngu: z.enum(languages).optional(),
  mau: z.enum(themes).optional(),
  tiep: z.unknown().optional().transform(ownPath),
});
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The switches of the frame: language and light or dark, kept in this browser, before and after signing in. */
@ApiExcludeController()
@Controller('giao-dien')
@Public()
export class LookPage {
  constructor(private readonly csrf: Csrf) {}

  @Post()
  async choose(@Res() reply: FastifyReply, @Body({ schema: form }) { ngonngu, mau, tiep }: z.infer<typeof form>) {
    const keep = (name: string, value: string) =>
      reply.setCookie(name, value, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: this.csrf.secure,
        maxAge: YEAR_SECONDS,
      });
    if (ngonngu) keep(LANGUAGE_COOKIE, ngonngu);
    if (mau) keep(THEME_COOKIE, mau);
    await seeOther(reply, tiep);
  }
}
