/**
 * How an item begins, in the meaning that broadcasters know. `cut`: at its time, it stops what still runs. `wait`: what runs
 * may end, but for so many seconds at most. `next`: after what runs, whenever that ends.
 */
export const startRules = ['cut', 'wait', 'next'] as const;
export type StartRule = (typeof startRules)[number];

/** How long a player that is late waits for what runs, when nothing else is said. */
export const WAIT_SECONDS = 60;

/** The rule as it is given and told. */
export type Start = { rule: 'cut' } | { rule: 'wait'; seconds: number } | { rule: 'next' };

export interface StartColumns {
  startRule: StartRule;
  waitSeconds: number;
}

export function startColumns(start: Start | undefined): StartColumns {
  if (!start) return { startRule: 'wait', waitSeconds: WAIT_SECONDS };
  return { startRule: start.rule, waitSeconds: start.rule === 'wait' ? start.seconds : WAIT_SECONDS };
}

export function startRuleOf({ startRule, waitSeconds }: StartColumns): Start {
  return startRule === 'wait' ? { rule: 'wait', seconds: waitSeconds } : { rule: startRule };
}

/** 'cắt đúng giờ', for a screen and a play log. */
export function showStart(start: Start): string {
  if (start.rule === 'cut') return 'cắt đúng giờ';
  return start.rule === 'next' ? 'phát nối tiếp' : `chờ tối đa ${start.seconds} giây`;
}
