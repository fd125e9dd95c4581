import type { Instant } from '../../shared/clock.js';
import type { LocalDate } from '../../shared/local-time.js';
import type { Actor } from '../../people/access/actor.js';

export type RulesPart = 'window' | 'override' | 'policy' | 'holiday' | 'hours' | 'channel';

/**
 * The sessions of these channels may have changed on the local days `from` … `until`, both included; `until` null means
 * no end, and `from` is never before today. Published in the transaction that changes the rule, after the rows are
 * written: `channelsWithRules(tx)` already reads the new rules.
 */
export class ChannelRulesChanged {
  constructor(
    readonly channelIds: readonly string[],
    readonly from: LocalDate,
    readonly until: LocalDate | null,
    readonly part: RulesPart,
    /** The change in Vietnamese, for people: 'Buổi sáng ngày 17/02/2026 không phát: nghỉ Tết'. */
    readonly reason: string,
    readonly actor: Actor,
  ) {}
}

/**
 * A channel was paused (`end`: when it opens again; null until somebody opens it) or retired. Published in the
 * transaction that closes it, before `ChannelRulesChanged`: what is planned from `start` on is taken out at once.
 */
export class ChannelClosed {
  constructor(
    readonly channelId: string,
    readonly start: Instant,
    readonly end: Instant | null,
    readonly retired: boolean,
    /** Why, in Vietnamese, for people: 'Kênh tạm dừng đến hết 05/12/2026: sửa máy'. */
    readonly sentence: string,
    readonly actor: Actor,
  ) {}
}
