import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import type { DomainError } from '../../shared/domain-error.js';
import type { Actor } from '../../people/access/actor.js';
import { requestAddress } from '../../people/access/request-address.js';
import type { RequestOrigin } from '../../people/access/request-origin.js';
import type { RequestOrigins } from '../../people/sign-in/request-origins.js';
import { callerOf, unauthenticated } from '../../people/access/request.js';
import type { SessionCookie } from '../../people/sign-in/session-cookie.js';
import type { SignInResult } from '../../people/sign-in/sessions.service.js';
import type { FlashCode } from './flash-messages.js';
import { asFormError } from '../forms/form-error.js';
import type { PageRenderer } from './page-renderer.js';

/** The services behind a visit; `VisitPipe` gets them from the container. */
export interface VisitTools {
  renderer: PageRenderer;
  cookie: SessionCookie;
  origins: RequestOrigins;
}

/** A multipart form with a file, which reads the request as a stream. */
export interface UploadForm<T> {
  receive(actor: Actor, request: FastifyRequest, reply: FastifyReply): Promise<T>;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * One request to a page and the ways to answer it. A handler takes it as `@Visit() visit: PageVisit`, reads the facts
 * of the request from it, and answers once: `render`, `fragment`, `redirect`, `submit` or `redirectByScript`.
 */
export class PageVisit {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly tools: VisitTools,
  ) {}

  /** The signed-in person. Throws 401 `unauthenticated` without a session. */
  get actor(): Actor {
    return this.caller.actor;
  }

  /** The signed-in person; null without a session, on a public page. */
  get visitor(): Actor | null {
    return callerOf(this.request)?.actor ?? null;
  }

  /** The actor's session. Throws 401 `unauthenticated` without a session. */
  get sessionId(): string {
    return this.caller.sessionId;
  }

  /** Whether htmx asks for a fragment; a browser without scripts asks for the page. */
  get wantsFragment(): boolean {
    return this.request.headers['hx-request'] === 'true';
  }

  /** The address at which this person reaches Loa; '' when it is not known. For his eyes only (`requestAddress`). */
  addressOf(config: Pick<Config, 'publicUrl' | 'trustProxy'>): string {
    return requestAddress(this.request, config);
  }

  /** The client's address and user agent, for the throttle and for the list of sessions. */
  get origin(): RequestOrigin & { userAgent: string | undefined } {
    return { ...this.tools.origins.of(this.request), userAgent: this.request.headers['user-agent'] };
  }

  /**
   * Sends the whole page. `problem` is the error of a submitted form: it sets the status, and its sentence is shown on
   * top and beside its field.
   */
  render(template: string, title: string, view: object, problem?: unknown): Promise<void> {
    return this.tools.renderer.send(this.request, this.reply, template, title, view, problem);
  }

  /**
   * Sends a part of a page to a script. `view` gets the CSRF token and the language, and nothing else of the layout.
   */
  fragment(template: string, view: object, status = 200): Promise<void> {
    return this.tools.renderer.fragment(this.request, this.reply, template, view, status);
  }

  /** Redirects (303) after a form, with the code of the flash message. */
  async redirect(path: string, done?: FlashCode): Promise<void> {
    await this.reply.redirect(withDone(path, done), 303);
  }

  /** The same for a form sent by htmx, which then loads the page in the whole window. */
  async redirectByScript(path: string, done: FlashCode): Promise<void> {
    await this.reply.header('hx-redirect', withDone(path, done)).send('');
  }

  /**
   * Handles a form: does `work`, then redirects to `path` with the flash message `done`. A domain error goes to
   * `formError`, which renders the same page with the sentence and the typed values.
   */
  async submit(
    path: string,
    done: FlashCode,
    work: () => Promise<unknown>,
    formError: (problem: DomainError) => Promise<void>,
  ): Promise<void> {
    try {
      await work();
      return await this.redirect(path, done);
    } catch (error) {
      await formError(asFormError(error));
    }
  }

  /** Fires `event` in the browser after the answer is swapped in; other parts of the page reload themselves on it. */
  triggerAfterSwap(event: string): void {
    this.reply.header('hx-trigger-after-swap', event);
  }

  /** Receives a multipart form with its file and fields. */
  receive<T>(form: UploadForm<T>): Promise<T> {
    return form.receive(this.actor, this.request, this.reply);
  }

  /** Sets the cookies after a sign-in: the session, and the mark of a browser known to the account. */
  beginSession(signedIn: SignInResult): void {
    this.tools.cookie.begin(this.request, this.reply, signedIn);
  }

  /** Sets the session cookie to a new id. */
  renewSession(sessionId: string): void {
    this.tools.cookie.set(this.reply, sessionId);
  }

  endSession(): void {
    this.tools.cookie.clear(this.reply);
  }

  /** Stores a choice in a cookie for a year. */
  keepChoice(cookie: string, value: string): void {
    const { secure } = this.tools.renderer;
    this.reply.setCookie(cookie, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_SECONDS });
  }

  private get caller() {
    const caller = callerOf(this.request);
    if (!caller) throw unauthenticated();
    return caller;
  }
}

function withDone(path: string, done?: FlashCode): string {
  return done ? `${path}${path.includes('?') ? '&' : '?'}xong=${done}` : path;
}
