import { type LocalDate, showDate } from '../../shared/local-time.js';
import type { Sentence } from '../../shared/domain-error.js';
import type { SourcedDemand } from '../planning/planning.types.js';
import type { Shortfall, ShortfallCode } from '../slots/shortfall.js';

export interface ShortfallPlace {
  channel: { code: string; name: string };
  date: LocalDate;
  demand: SourcedDemand;
  campaign: string;
  wanted: number;
  placed: number;
}

export function shortfall(
  place: ShortfallPlace,
  code: ShortfallCode,
  { vi, en }: Sentence,
  wouldFree: readonly string[],
): Shortfall {
  const { channel, date, demand, campaign, wanted, placed } = place;
  return {
    channelCode: channel.code,
    channelName: channel.name,
    date,
    campaignId: demand.campaignId,
    campaign,
    title: demand.title ?? '',
    obligationId: demand.obligationId,
    wanted,
    placed,
    code,
    message: vi,
    messageEn: en,
    wouldFree: [...wouldFree],
  };
}

/** A minimum that planning again would meet. */
export function notPlanned(place: ShortfallPlace): Shortfall {
  const { date, wanted, placed } = place;
  return shortfall(
    place,
    'not-planned',
    {
      vi: `Ngày ${showDate(date)} cần ${wanted} lượt, đang có ${placed}: còn chỗ trống nhưng chưa xếp.`,
      en: `${date} needs ${wanted} plays and has ${placed}: there is room, and nothing is planned in it.`,
    },
    ['Xếp lại kế hoạch của đợt tuyên truyền.'],
  );
}

/** A minimum for which no content is approved. */
export function notApproved(place: ShortfallPlace): Shortfall {
  const { date, wanted, placed } = place;
  return shortfall(
    place,
    'not-approved',
    {
      vi: `Ngày ${showDate(date)} cần ${wanted} lượt, đang có ${placed}: bản thu chưa được duyệt cho ngày này.`,
      en: `${date} needs ${wanted} plays and has ${placed}: the clip is not approved for that day.`,
    },
    ['Gửi lãnh đạo duyệt bài cho ngày này.'],
  );
}
