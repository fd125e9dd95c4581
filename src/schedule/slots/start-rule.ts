/**
 * How an item begins, in broadcasters' terms. `cut`: at its time, stopping a running item. `wait`: a running item may
 * end, within a limit of seconds. `next`: after the running item, whenever it ends.
 */
export const startRules = ['cut', 'wait', 'next'] as const;
export type StartRule = (typeof startRules)[number];

/** Default seconds that a late player waits for a running item. */
export const WAIT_SECONDS = 60;

/** The rule as requests and answers carry it. */
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
