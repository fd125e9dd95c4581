import type { LocalDate } from '../../../shared/local-time.js';
import { addresseesOf } from '../text/addressees.js';
import type { Block } from '../text/blocks.js';
import { channelsIn, type ChannelMention } from './channels-in-text.js';
import { lower, type Passage, tidy } from '../text/passage.js';
import type { PlacedChannel } from './point-terms.js';
import { levelsOfUnits, type SpeakerLevel } from '../text/speaker-levels.js';

/** What the letter says outside of its points, for points that leave it open. */
export interface LetterContext {
  issuedOn: LocalDate | null;
  issuer: string | null;
  superior: string | null;
  to: readonly string[];
}

const broadcasts =
  /tuyên truyền|phát|thông tin|thông báo|đưa tin|tiếp âm|tiếp sóng|biên tập|chương trình|đăng|lần|buổi/u;

/**
 * Determines whose loudspeakers each mention means: by its own words, otherwise by the units that the paragraph
 * addresses, otherwise by the letter.
 */
export function placeChannels(
  text: Passage,
  blocks: readonly Block[],
  addressees: readonly string[],
  context: LetterContext,
  unlevelled: string[],
): PlacedChannel[] {
  const mentions = channelsIn(text.low).filter((m) => !isOnlyName(m, text));
  const explicit = [...new Set(mentions.flatMap((m) => m.levels))];
  const unitsAt = unitsByParagraph(text, blocks);
  const wardIssues = [context.issuer, context.superior].some((office) => office !== null && isWard(office));
  return mentions.map((mention) => {
    if (mention.kind !== 'loudspeaker') return { ...mention, kinds: [mention.kind] };
    let levels: readonly SpeakerLevel[] = mention.levels;
    if (levels.length === 0) levels = levelsOfUnits(unitsAt(mention.start).map(lower));
    if (levels.length === 0) levels = explicit;
    if (levels.length === 0 && wardIssues) levels = ['ward'];
    if (levels.length === 0) levels = levelsOfUnits(addressees.map(lower));
    if (levels.length === 0) levels = levelsOfUnits(context.to.map(lower));
    if (levels.length === 0) {
      unlevelled.push(tidy(text.text.slice(mention.start, mention.end)));
      levels = ['city', 'ward'];
    }
    return { ...mention, kinds: levels.map((level) => `${level}-loudspeaker` as const) };
  });
}

function isWard(issuer: string): boolean {
  return (
    /(?<!thị )(?:phường|xã|thị trấn)\s\p{Lu}/u.test(issuer) &&
    !/thành phố|thị xã|huyện|tỉnh/u.test(issuer.toLowerCase())
  );
}

/**
 * For each position of the point's text: the units that its own paragraph addresses, when that is not the first
 * paragraph.
 */
function unitsByParagraph(text: Passage, blocks: readonly Block[]): (at: number) => string[] {
  const starts = [0];
  for (let at = text.text.indexOf('\n'); at >= 0; at = text.text.indexOf('\n', at + 1)) starts.push(at + 1);
  const known = new Map<number, string[]>();
  let index = 0;
  // Mentions come in order, so the paragraph only moves forward.
  return (at) => {
    while (index + 1 < starts.length && starts[index + 1]! <= at) index++;
    const block = blocks[index];
    if (index === 0 || block === undefined) return [];
    const names = known.get(index) ?? addresseesOf(block.body)?.names ?? [];
    known.set(index, names);
    return names;
  };
}

/** "Phối hợp với Đài Truyền thanh thành phố …" names a unit; it is a channel only where broadcasting is asked of it. */
function isOnlyName(mention: ChannelMention, text: Passage): boolean {
  if (mention.kind !== 'loudspeaker' || !/^(?:các\s)?(?:đài|trạm)/u.test(text.low.slice(mention.start, mention.end)))
    return false;
  const rest = text.low.slice(mention.end).split('\n')[0] ?? '';
  return !broadcasts.test(rest) && !broadcasts.test(text.low.slice(Math.max(0, mention.start - 60), mention.start));
}
