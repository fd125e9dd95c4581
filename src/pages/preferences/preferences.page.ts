import { Body, Controller, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Public } from '../../people/access/access.js';
import { LANGUAGE_COOKIE, languages } from '../language/language.js';
import { ownPath } from '../sign-in/safe-next.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { THEME_COOKIE, themes } from '../visit/theme.js';

const form = z.strictObject({
  ngonngu: z.enum(languages).optional(),
  mau: z.enum(themes).optional(),
  tiep: z.unknown().optional().transform(ownPath),
});

/** The switches of the layout: language and theme, stored in a cookie, with or without a session. */
@ApiExcludeController()
@Controller('giao-dien')
@Public()
export class PreferencesPage {
  @Post()
  async choose(@Visit() visit: PageVisit, @Body({ schema: form }) { ngonngu, mau, tiep }: z.infer<typeof form>) {
    if (ngonngu) visit.keepChoice(LANGUAGE_COOKIE, ngonngu);
    if (mau) visit.keepChoice(THEME_COOKIE, mau);
    await visit.redirect(tiep);
  }
}
