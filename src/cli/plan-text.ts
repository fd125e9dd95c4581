import { classNames } from '../schedule/planning/plan-sentences.js';
import type {
  ExplainedCampaign,
  ExplainedDay,
  ExplainedSlot,
  PlanExplanation,
} from '../schedule/calendar/plan-explanation.js';
import { showDate } from '../shared/local-time.js';

/**
 * The plan as text for a terminal. Without `explain` one line a day; with it each slot, its reason, and every
 * suggestion for a shortfall.
 */
export function planText(plan: PlanExplanation, { explain }: { explain: boolean }): string {
  const head = `Kế hoạch phát từ ${showDate(plan.from)} đến ${showDate(plan.until)}: ${plan.slots} lượt, ${shortWords(plan.shortfalls)}.`;
  const lines = [head];
  if (plan.campaigns.length === 0) lines.push('', 'Chưa xếp lượt phát nào trong những ngày này.');
  for (const campaign of plan.campaigns) {
    lines.push('', titleOf(campaign));
    for (const { code, name, days } of campaign.channels) {
      lines.push(`  ${name} (${code})`);
      for (const day of days) lines.push(...dayLines(day, explain));
    }
  }
  if (!explain && plan.campaigns.length > 0) lines.push('', 'Thêm --explain để xem vì sao.');
  return `${lines.map(clean).join('\n')}\n`;
}

function shortWords(count: number): string {
  return count === 0 ? 'không thiếu mức tối thiểu nào' : `${count} chỗ chưa đủ mức tối thiểu`;
}

function titleOf({ campaign, bulletinClass, directive }: ExplainedCampaign): string {
  const facts = [
    ...(bulletinClass ? [`tin ${classNames[bulletinClass]}`] : []),
    ...(directive ? [`thực hiện văn bản số ${directive}`] : []),
  ];
  return `${campaign}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`;
}

function dayLines({ date, weekday, slots, shortfalls }: ExplainedDay, explain: boolean): string[] {
  const day = `    ${weekday} ${showDate(date)}`;
  if (!explain) {
    const times = slots.filter(({ state }) => state !== 'cancelled').map(({ start }) => start);
    const missing = shortfalls.reduce((sum, { wanted, placed }) => sum + wanted - placed, 0);
    return [`${day}: ${times.join(' ') || 'không có lượt nào'}${missing > 0 ? `  ⚠ thiếu ${missing} lượt` : ''}`];
  }
  return [
    day,
    ...slots.flatMap(slotLines),
    ...shortfalls.flatMap(({ title, message, wouldFree }) => [
      `      ⚠ “${title}”: ${message}`,
      ...(wouldFree.length > 0 ? ['        Mỗi cách sau đây đủ để hết thiếu:'] : []),
      ...wouldFree.map((way) => `        – ${way}`),
    ]),
  ];
}

function slotLines({ start, end, title, stateName, reason, why }: ExplainedSlot): string[] {
  const fate = reason ? `${stateName}: ${reason}` : stateName;
  return [`      ${start}–${end} “${title}” [${fate}]`, `        ${why}`];
}

/** Removes control sequences: text typed by people may contain some that steer a terminal. */
function clean(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ');
}
