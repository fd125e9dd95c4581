import { createApp } from '../app.js';
import { Config } from '../config/config.js';
import { systemActor } from '../people/access/actor.js';
import { PlanExplanations } from '../schedule/calendar/plan-explanations.service.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { addDays, isLocalDate, type LocalDate, localDateOf } from '../shared/local-time.js';
import { print, printJson } from './output.js';
import { planText } from './plan-text.js';

export interface PlanOptions {
  from?: string;
  until?: string;
  channel?: string;
  campaign?: string;
  explain?: boolean;
  json?: boolean;
}

const DAYS_SHOWN = 7;
const MAX_DAYS = 62;

/** `loa plan`: reads only, also beside a running server. Throws `bad-date`, `bad-horizon` (422) and 404. */
export async function planCommand(options: PlanOptions): Promise<void> {
  const config = new Config();
  const app = await createApp(config, { quiet: true });
  try {
    await app.init();
    const days = daysAsked(options, localDateOf(app.get(Clock).now(), config.timeZone));
    const question = { ...days, channelCode: options.channel, campaignId: options.campaign };
    const found = await app.get(PlanExplanations).explain(systemActor('dòng lệnh'), question);
    if (options.json) await printJson(found);
    else await print(planText(found, { explain: options.explain ?? false }));
  } finally {
    await app.close();
  }
}

function daysAsked(options: PlanOptions, today: LocalDate): { from: LocalDate; until: LocalDate } {
  for (const [field, date] of [
    ['from', options.from],
    ['until', options.until],
  ] as const) {
    if (date === undefined || (isLocalDate(date) && date > '2000-03-01' && date < '2099-10-01')) continue;
    const sentence = { vi: `Ngày không hợp lệ: "${date}"`, en: `Not a date: "${date}"` };
    throw new DomainError('invalid', 'bad-date', sentence, { field });
  }
  const from = options.from ?? today;
  const until = options.until ?? addDays(from, DAYS_SHOWN - 1);
  if (until >= from && until < addDays(from, MAX_DAYS)) return { from, until };
  throw new DomainError(
    'invalid',
    'bad-horizon',
    { vi: `Khoảng ngày phải từ 1 đến ${MAX_DAYS} ngày.`, en: `Ask for 1 to ${MAX_DAYS} days.` },
    { field: 'until' },
  );
}
