import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import type { Actor } from '../../people/access/actor.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import { Sessions } from '../../people/sign-in/sessions.service.js';
import type { PageVisit } from '../visit/page-visit.js';

/** The code of the phone in a form that decides something. */
@Injectable()
export class CodeSigner {
  constructor(
    private readonly secondFactor: SecondFactorService,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /**
   * The actor after the code that the form contains; without one, the actor as he is. The session continues under a new
   * id. Throws as `SecondFactorService.check`.
   */
  async signed(visit: PageVisit, code: string): Promise<Actor> {
    if (!code) return visit.actor;
    await this.secondFactor.check(visit.actor, code);
    visit.renewSession(await this.sessions.stepUp(visit.actor, visit.sessionId));
    return { ...visit.actor, codeAt: this.clock.now() };
  }

  /** What the actor must still give before the decision counts; for `{{> code-field}}`. */
  async asks(actor: Actor): Promise<{ asksEnrolment: boolean; asksCode: boolean }> {
    const missing = await this.secondFactor.missing(actor);
    return { asksEnrolment: missing === 'enrolment', asksCode: missing === 'code' };
  }
}
