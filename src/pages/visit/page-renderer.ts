import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { showHidden } from '../../shared/clean-text.js';
import { HouseCopy, passiveSentences } from '../../jobs/house-copy.service.js';
import type { Actor } from '../../people/access/actor.js';
import { Csrf } from '../../people/sign-in/csrf.js';
import { callerOf } from '../../people/access/request.js';
import { type Role, roleNames } from '../../people/access/role.js';
import { type ErrorBody, errorAnswer } from '../../http/requests/error-body.js';
import { errorSentence, problemsByField } from '../forms/form-error.js';
import { type FlashCode, flashMessages } from './flash-messages.js';
import { type Language, currentLanguage, inCurrentLanguage, translate, wording } from '../language/language.js';
import { vietnameseIn } from '../language/vietnamese-letters.js';
import { type Theme, themeOf } from './theme.js';
import { OwnWaiting } from './own-waiting.js';
import { type MenuGroup, menu } from './navigation.js';

/** What every screen has around its own content. */
export interface LayoutData {
  title: string;
  /** The title is what somebody wrote, Vietnamese on an English page too. */
  writtenTitle: boolean;
  lang: Language;
  english: boolean;
  theme: Theme;
  dark: boolean;
  /** Where the forms of the frame lead back to. */
  here: string;
  csrf: string;
  person: { name: string; roles: string } | null;
  menu: MenuGroup[];
  /** Whether the person may open letters, and the schedule: a page that others read too links there only for him. */
  opensLetters: boolean;
  opensSchedule: boolean;
  /** Why the person can approve nothing for a while; only where a page is sent. */
  accountWaits?: string | null;
  /** Why this copy of the house acts on nothing; null while it acts. */
  passive: string | null;
  /** A sentence about what went wrong with what was just sent. */
  error: string | null;
  /** The same sentence under the name of the field that it is about, when the error names one. */
  problems: Record<string, string>;
  /** A sentence about what has just been done. */
  done: string | null;
}

/** Sends a screen: the frame, the screen's own view-model, the template `<screen>/<screen>`. */
@Injectable()
export class PageRenderer {
  constructor(
    private readonly csrf: Csrf,
    private readonly ownWaiting: OwnWaiting,
    private readonly copy: HouseCopy,
  ) {}

  /** The whole page. `problem` is what was thrown when a form was sent: its status, its sentence on top and beside its field. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    title: string,
    view: object,
    problem?: unknown,
  ): Promise<void> {
    const failed = problem === undefined ? null : errorAnswer(problem);
    const frame = this.layoutData(request, reply, title, failed?.body);
    if (failed) reply.headers(failed.headers);
    const accountWaits = await this.ownWaiting.sentence(callerOf(request)?.actor ?? null);
    await this.answer(request, reply, template, { ...frame, accountWaits, ...view }, failed?.status ?? 200);
  }

  /** A piece of a page, for a script that asks for it again. `view` gets the CSRF token and nothing else of the frame. */
  async fragment(request: FastifyRequest, reply: FastifyReply, template: string, view: object, status = 200) {
    const root = { csrf: this.csrf.token(request, reply), lang: currentLanguage(), ...view };
    await this.answer(request, reply, template, root, status);
  }

  /** Whether cookies are for https alone. */
  get secure(): boolean {
    return this.csrf.secure;
  }

  layoutData(request: FastifyRequest, reply: FastifyReply, title: string, error?: ErrorBody): LayoutData {
    const actor = callerOf(request)?.actor ?? null;
    const path = request.url.split('?', 1)[0] ?? '/';
    const told = (request.query as Record<string, unknown> | undefined)?.['xong'];
    const lang = currentLanguage();
    const theme = themeOf(request);
    const groups = actor ? menu(actor, path) : [];
    const opens = (place: string) => groups.some(({ items }) => items.some(({ href }) => href === place));
    const sentence = error ? errorSentence(error) : null;
    return {
      title: wording(title),
      writtenTitle: lang === 'en' && vietnameseIn(wording(title)).length > 0,
      lang,
      english: lang === 'en',
      theme,
      dark: theme === 'dark',
      here: request.method === 'GET' ? request.url : path,
      csrf: this.csrf.token(request, reply),
      person: actor && { name: actor.name, roles: rolesOf(actor) },
      menu: groups,
      opensLetters: opens('/cong-van'),
      opensSchedule: opens('/lich'),
      passive: this.copy.passive && inCurrentLanguage(passiveSentences[this.copy.passive]),
      error: sentence,
      problems: problemsByField(error),
      done:
        typeof told === 'string' && !error && told in flashMessages
          ? translate(flashMessages[told as FlashCode])
          : null,
    };
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, template: string, view: object, status: number) {
    // With its whole name: the view engine takes what follows the last dot of a shorter one for the ending.
    const html = showHidden(await request.server.view(`${template}.hbs`, view));
    // What a person may see is not for a shared cache, nor for the back button after signing out.
    reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8');
    // What a form is answered is kept for who sends it again, and a compressed stream could not be.
    if (request.method === 'POST') await reply.send(html);
    else reply.compress(html);
  }
}

function rolesOf(actor: Actor): string {
  const names = new Set<Role>(actor.grants.map((grant) => grant.role));
  return [...names].map((role) => translate(roleNames[role])).join(', ');
}
