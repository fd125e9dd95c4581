import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '../../shared/domain-error.js';
import type { Actor } from '../../people/access/actor.js';
import type { RequestOrigin } from '../../people/access/request-origin.js';
import type { RequestOrigins } from '../../people/sign-in/request-origins.js';
import { callerOf, unauthenticated } from '../../people/access/request.js';
import type { SessionCookie } from '../../people/sign-in/session-cookie.js';
import type { SignInResult } from '../../people/sign-in/sessions.service.js';
import type { FlashCode } from './flash-messages.js';
import { asFormError } from '../forms/form-error.js';
import type { PageRenderer } from './page-renderer.js';

/** What a visit answers with; `VisitPipe` has it from the container. */
export interface VisitTools {
  renderer: PageRenderer;
  cookie: SessionCookie;
  origins: RequestOrigins;
}

/** A form with a file, which reads the request itself as it arrives. */
export interface UploadForm<T> {
  receive(actor: Actor, request: FastifyRequest, reply: FastifyReply): Promise<T>;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * One request to a page, and the ways to answer it. A handler takes it as `@Visit() visit: PageVisit`, reads the facts of the
 * request here, and answers once: `render`, `fragment`, `redirect`, `submit` or `redirectByScript`.
 */
export class PageVisit {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly tools: VisitTools,
  ) {}

  /** The signed-in person. Throws 401 `unauthenticated` where nobody is. */
  get actor(): Actor {
    return this.caller.actor;
  }

  /** The signed-in person, or null on a page for everybody. */
  get visitor(): Actor | null {
    return callerOf(this.request)?.actor ?? null;
  }

  /** The session of the actor. Throws 401 `unauthenticated` where nobody is signed in. */
  get sessionId(): string {
    return this.caller.sessionId;
  }

  /** A script asks for a fragment, a browser without scripts for the page. */
  get wantsFragment(): boolean {
    return this.request.headers['hx-request'] === 'true';
  }

  /** Where the request comes from, for the throttle and for the list of sessions. */
  get origin(): RequestOrigin & { userAgent: string | undefined } {
    return { ...this.tools.origins.of(this.request), userAgent: this.request.headers['user-agent'] };
  }

  /** The whole page. `problem` is what was thrown when a form was sent: its status, its sentence on top and beside its field. */
  render(template: string, title: string, view: object, problem?: unknown): Promise<void> {
    return this.tools.renderer.send(this.request, this.reply, template, title, view, problem);
  }

  /** A part of a page, for a script that asks for it again. `view` gets the CSRF token and nothing else of the frame. */
  fragment(template: string, view: object, status = 200): Promise<void> {
    return this.tools.renderer.fragment(this.request, this.reply, template, view, status);
  }

  /** To a page after a form was sent (303), with the sentence about what was done. */
  async redirect(path: string, done?: FlashCode): Promise<void> {
    await this.reply.redirect(withDone(path, done), 303);
  }

  /** The same for a form that a script sent: htmx leads the whole window to the page. */
  async redirectByScript(path: string, done: FlashCode): Promise<void> {
    await this.reply.header('hx-redirect', withDone(path, done)).send('');
  }

  /**
   * What a form of one thing does: `work`, then back to the thing's page with the sentence about what was done; what is refused
   * is shown by `formError`, the same page with the sentence and what was typed.
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

  /** Tells the page, once the answer stands in it, that something changed: other parts ask for themselves again. */
  triggerAfterSwap(event: string): void {
    this.reply.header('hx-trigger-after-swap', event);
  }

  /** The file and the fields of a form that is sent as multipart. */
  receive<T>(form: UploadForm<T>): Promise<T> {
    return form.receive(this.actor, this.request, this.reply);
  }

  /** After a sign-in: the session, and the browser known to the account. */
  beginSession(signedIn: SignInResult): void {
    this.tools.cookie.begin(this.request, this.reply, signedIn);
  }

  /** The session goes on under a new id. */
  renewSession(sessionId: string): void {
    this.tools.cookie.set(this.reply, sessionId);
  }

  endSession(): void {
    this.tools.cookie.clear(this.reply);
  }

  /** Keeps a choice in this browser for a year. */
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
