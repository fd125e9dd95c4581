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
import { type MenuGroup, menu, withCount } from './navigation.js';
import { WaitingCount } from './waiting-count.js';

/** The data of the layout around every screen. */
export interface LayoutData {
  title: string;
  /** The title is user content, Vietnamese on an English page too. */
  writtenTitle: boolean;
  lang: Language;
  english: boolean;
  theme: Theme;
  dark: boolean;
  /** The URL to which the forms of the layout return. */
  here: string;
  csrf: string;
  person: { name: string; roles: string } | null;
  menu: MenuGroup[];
  /** Whether the actor may open letters, and the schedule; pages link there only then. */
  opensLetters: boolean;
  opensSchedule: boolean;
  /** Why the actor can approve nothing for now; set by `send` only. */
  accountWaits?: string | null;
  /** The number of contents that wait for the actor's decision; set by `send` only. */
  waitingCount?: number;
  /** Why this copy of the installation is passive; null while it is active. */
  passive: string | null;
  /** The sentence of the error of the submitted form. */
  error: string | null;
  /** The same sentence by the name of its field, when the error names one. */
  problems: Record<string, string>;
  /** The flash message after a completed form. */
  done: string | null;
}

/** Sends a screen: the layout's data, the screen's view-model, and the template `<screen>/<screen>`. */
@Injectable()
export class PageRenderer {
  constructor(
    private readonly csrf: Csrf,
    private readonly ownWaiting: OwnWaiting,
    private readonly waitingCount: WaitingCount,
    private readonly copy: HouseCopy,
  ) {}

  /**
   * Sends the whole page. `problem` is the error of a submitted form: it sets the status, and its sentence is shown on
   * top and beside its field.
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    title: string,
    view: object,
    problem?: unknown,
  ): Promise<void> {
    const failed = problem === undefined ? null : errorAnswer(problem);
    const layout = this.layoutData(request, reply, title, failed?.body);
    if (failed) reply.headers(failed.headers);
    const actor = callerOf(request)?.actor ?? null;
    const accountWaits = await this.ownWaiting.sentence(actor);
    const waitingCount = await this.waitingCount.of(actor);
    const counted = { ...layout, menu: withCount(layout.menu, '/duyet', waitingCount), waitingCount, accountWaits };
    await this.answer(request, reply, template, { ...counted, ...view }, failed?.status ?? 200);
  }

  /**
   * Sends a part of a page to a script. `view` gets the CSRF token and the language, and nothing else of the layout.
   */
  async fragment(request: FastifyRequest, reply: FastifyReply, template: string, view: object, status = 200) {
    const root = { csrf: this.csrf.token(request, reply), lang: currentLanguage(), ...view };
    await this.answer(request, reply, template, root, status);
  }

  /** Whether cookies have the `secure` flag. */
  get secure(): boolean {
    return this.csrf.secure;
  }

  layoutData(request: FastifyRequest, reply: FastifyReply, title: string, error?: ErrorBody): LayoutData {
    const actor = callerOf(request)?.actor ?? null;
    const path = request.url.split('?', 1)[0] ?? '/';
    const flash = (request.query as Record<string, unknown> | undefined)?.['xong'];
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
        typeof flash === 'string' && !error && flash in flashMessages
          ? translate(flashMessages[flash as FlashCode])
          : null,
    };
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, template: string, view: object, status: number) {
    // With the extension: the view engine would take the text after the last dot of the name as its extension.
    const html = showHidden(await request.server.view(`${template}.hbs`, view));
    // `no-store`: a page must not be in a shared cache, nor reachable by the back button after signing out.
    reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8');
    // The answer to a form is stored for a repeated request with the same idempotency key; a compressed stream could
    // not be.
    if (request.method === 'POST') await reply.send(html);
    else reply.compress(html);
  }
}

function rolesOf(actor: Actor): string {
  const names = new Set<Role>(actor.grants.map((grant) => grant.role));
  return [...names].map((role) => translate(roleNames[role])).join(', ');
}
