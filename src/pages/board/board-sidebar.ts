import { Injectable } from '@nestjs/common';
import { type LocalDate, VIETNAM } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import { type Actor, hasRole } from '../../people/access/actor.js';
import { Shortfalls } from '../../schedule/demands/shortfalls.service.js';
import { MakeGoodViews } from '../../schedule/changes/make-good-views.service.js';
import { PlanChanges } from '../../schedule/plans/plan-changes.service.js';
import { WardDecisions } from '../../schedule/placing/ward-decisions.service.js';
import { PAGE_LIMIT, sidebarView } from './board-sidebar.view.js';

/**
 * Reads the board's sidebar. Shortfalls and plan changes are shown to city roles only; an operator sees the make-goods
 * and decisions of his ward.
 */
@Injectable()
export class BoardSidebar {
  constructor(
    private readonly database: Database,
    private readonly shortfalls: Shortfalls,
    private readonly makeGoods: MakeGoodViews,
    private readonly changes: PlanChanges,
    private readonly decisions: WardDecisions,
  ) {}

  async of(actor: Actor, date: LocalDate, nameOf: (code: string) => string) {
    const city = hasRole(actor, 'editor', 'approver', 'official', 'admin');
    const [shortfalls, makeGoods, decisions, changes] = [
      city
        ? await this.shortfalls.first(this.database.read(), { from: date, until: date }, PAGE_LIMIT)
        : { count: 0, rows: [] },
      await this.makeGoods.list(actor, { state: 'proposed' }),
      await this.decisions.list(actor, 'open'),
      city ? await this.changes.list({ unseen: true, limit: 100 }) : [],
    ];
    return sidebarView({ shortfalls, makeGoods, decisions, changes }, VIETNAM, nameOf, {
      makeGood: hasRole(actor, 'editor', 'approver', 'operator', 'admin'),
      decide: hasRole(actor, 'operator', 'approver', 'editor', 'admin'),
      seen: city,
    });
  }
}
