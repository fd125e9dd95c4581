import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { addDays, type LocalDate, localDateOf } from '../../shared/local-time.js';
import type { PostAdapterName } from '../../posts/graph/post-adapter.port.js';
import { Config } from '../../config/config.js';
import type { Actor } from '../../people/access/actor.js';
import { Channels } from '../../channels/channels.service.js';
import { inCurrentLanguage } from '../language/language.js';
import { wayBack } from '../approval/way-back.view.js';
import { asFormError } from '../forms/form-error.js';
import type { FlashCode } from '../visit/flash-messages.js';
import type { PageVisit } from '../visit/page-visit.js';
import { obligationChoices, planProposal } from './plan.view.js';
import { correctionOf, type TypedCorrection } from './reading.view.js';
import { type ScriptFacts, ScriptReadModel } from './script.read-model.js';
import { scriptRights } from './script-rights.js';
import { scriptSteps } from './script-steps.js';
import { scriptView, type TypedText } from './script.view.js';

export interface ScriptScreenOptions {
  /** The text is an edit form because the reader asked for it. */
  edit: boolean;
  /** The values of a refused form. */
  typed?: TypedText;
  /** The stretch of the reading whose correction is open, 'start-end'. */
  place?: string;
  /** The refused values of that correction. */
  correction?: TypedCorrection;
  /** The refused values of the form of a post. */
  post?: PostOrder;
}

export interface PostOrder {
  channelCode: string;
  date: string;
  time: string;
  adapter: PostAdapterName;
}

function postForm(fanpages: { code: string; name: string }[], tomorrow: LocalDate, typed?: PostOrder) {
  return {
    date: typed?.date ?? tomorrow,
    time: typed?.time ?? '09:00',
    isAutomatic: typed?.adapter === 'graph',
    fanpages: fanpages.map(({ code, name }) => ({ code, name, chosen: code === typed?.channelCode })),
  };
}

/** The reason of a refusal, or empty to clear an earlier one. */
const REFUSAL = 'scripts/script-refusal.part';

/** Renders the screen of one script and its fragments for the controllers of that screen. */
@Injectable()
export class ScriptScreen {
  constructor(
    private readonly facts: ScriptReadModel,
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async show(visit: PageVisit, id: string, asked: ScriptScreenOptions, problem?: unknown): Promise<void> {
    const facts = await this.facts.of(visit.actor, id);
    const zone = this.config.timeZone;
    const today = localDateOf(this.clock.now(), zone);
    const rights = scriptRights(facts, visit.actor, asked);
    const proposal = planProposal(facts, today);
    const view = {
      ...this.viewOf(facts, visit.actor, asked),
      // No reload while an error is shown: it would vanish after three seconds.
      refresh: problem === undefined ? rights.refresh : '',
      plan: { ...proposal, obligations: obligationChoices(facts.obligations, proposal.obligationId) },
      post: rights.mayPost ? postForm(await this.channels.list('fanpage'), addDays(today, 1), asked.post) : null,
    };
    await visit.render('scripts/script', facts.versions[0].title, view, problem);
  }

  /**
   * One fragment: `sound` is the clips and their actions, `correction` the form of one stretch, `reading` the reading.
   * The reading is swapped out of band into its own place, because the submitted form may be gone from the page by
   * then.
   */
  async piece(
    visit: PageVisit,
    id: string,
    name: 'sound' | 'reading' | 'correction',
    asked: Partial<ScriptScreenOptions> = {},
    problem?: { message: string; status: number },
  ): Promise<void> {
    const facts = await this.facts.of(visit.actor, id);
    const shownAs = { problem: problem?.message ?? '', asAnswer: true };
    const view = { ...this.viewOf(facts, visit.actor, { edit: false, ...asked }), ...shownAs };
    await visit.fragment(`scripts/script-${name}.part`, view, problem?.status);
  }

  /**
   * Does `work`, then answers with a redirect to the script, with the fragment for htmx, or with the reason of a
   * refusal (422). The event `loa:ban-thu` makes the clips reload themselves.
   */
  async act(
    visit: PageVisit,
    id: string,
    piece: 'sound' | 'reading',
    done: FlashCode,
    work: () => Promise<void>,
  ): Promise<void> {
    const asPiece = visit.wantsFragment;
    try {
      await work();
      if (!asPiece) return await visit.redirect(`/bai/${id}`, done);
      if (piece === 'reading') return await this.piece(visit, id, piece);
      visit.triggerAfterSwap('loa:ban-thu');
      return await visit.fragment(REFUSAL, {});
    } catch (error) {
      const problem = asFormError(error);
      if (!asPiece) return this.show(visit, id, { edit: false }, problem);
      await visit.fragment(REFUSAL, { problem: inCurrentLanguage(problem.sentence) }, 422);
    }
  }

  private viewOf(facts: ScriptFacts, actor: Actor, asked: ScriptScreenOptions) {
    const rights = scriptRights(facts, actor, asked);
    const correction = asked.place && facts.reading ? correctionOf(facts.reading, asked.place, asked.correction) : null;
    return {
      ...scriptView(facts, this.config.timeZone, asked),
      ...rights,
      ...wayBack(facts.versions[0].state, actor),
      scriptId: facts.script.id,
      steps: scriptSteps(facts),
      correction: rights.mayCorrect ? correction : null,
      correctionGone: rights.mayCorrect && asked.place !== undefined && !correction,
      wardName: facts.unit?.name ?? '',
    };
  }
}
