import { type ChannelKind, channelKindNames } from '../shared/channel-kind.js';
import { DomainError } from '../shared/domain-error.js';
import { type LocalDate, showDate } from '../shared/local-time.js';
import { type BulletinClass, bulletinClasses, bulletinClassNames } from '../campaigns/bulletin-class.js';

/** Where, when and how urgently the approved content may go out. */
export interface Scope {
  /** Null: every channel of the kind that the script was written for, of its unit when it has one. */
  channelIds: string[] | null;
  from: LocalDate;
  until: LocalDate;
  bulletinClass: BulletinClass;
}

/** An intended use of the content. */
export interface Use {
  /** `kind` is missing when the id is not a channel in service. */
  channels: readonly { id: string; kind?: ChannelKind }[];
  from: LocalDate;
  until: LocalDate;
  bulletinClass: BulletinClass;
}

export function isClassWithin(wanted: BulletinClass, approved: BulletinClass): boolean {
  return bulletinClasses.indexOf(wanted) <= bulletinClasses.indexOf(approved);
}

/** Whether content that was written for this kind and approved for this scope may go out on the channel. */
export function isChannelWithin(
  { channelIds }: Scope,
  writtenFor: ChannelKind,
  { id, kind }: Use['channels'][number],
): boolean {
  return (kind === undefined || kind === writtenFor) && (channelIds === null || channelIds.includes(id));
}

/**
 * Throws `outside-approval` (409) naming exactly what is outside; `writtenFor` is the kind of channel that the script
 * was written for. An approval from before scopes were stored (null) holds for whatever its campaign holds for.
 */
export function requireWithin(scope: Scope | null, writtenFor: ChannelKind, use: Use): void {
  if (!scope) return;
  const { from, until, bulletinClass } = scope;
  const details = {
    approved: scope,
    wanted: { ...use, channels: undefined, channelIds: use.channels.map(({ id }) => id) },
  };
  if (use.channels.some(({ kind }) => kind !== undefined && kind !== writtenFor)) {
    const vi = `bài được soạn và duyệt cho kênh “${channelKindNames[writtenFor]}”`;
    throw outside(vi, `it was written and approved for channels of the kind ${writtenFor}`, details);
  }
  if (use.channels.some((channel) => !isChannelWithin(scope, writtenFor, channel))) {
    throw outside('kênh này không nằm trong các kênh đã duyệt', 'this channel is not among those approved', details);
  }
  if (use.from < from || use.until > until) {
    const vi = `bài chỉ được duyệt phát từ ngày ${showDate(from)} đến ngày ${showDate(until)}`;
    throw outside(vi, `it was approved for ${from} to ${until}`, details);
  }
  if (!isClassWithin(use.bulletinClass, bulletinClass)) {
    const vi = `bài được duyệt là tin ${bulletinClassNames[bulletinClass]}, không phải tin ${bulletinClassNames[use.bulletinClass]}`;
    throw outside(vi, `it was approved as ${bulletinClass}, not as ${use.bulletinClass}`, details);
  }
}

/**
 * The campaign's scope reduced by the approver. Throws `wider-scope` (422) when the result would be wider, or has no
 * day.
 */
export function narrowed(campaign: Scope, narrower: Partial<Scope>): Scope {
  const scope = { ...campaign, ...narrower };
  if (scope.from < campaign.from) throw widerScope('from');
  if (scope.until > campaign.until || scope.from > scope.until) throw widerScope('until');
  if (!isClassWithin(scope.bulletinClass, campaign.bulletinClass)) throw widerScope('bulletinClass');
  return scope;
}

/** True when the scope is narrower than its campaign, or dates from a time when the campaign held for less than now. */
export function isNarrower({ channelIds, from, until, bulletinClass }: Scope, campaign: Omit<Scope, 'channelIds'>) {
  return (
    channelIds !== null ||
    from > campaign.from ||
    until < campaign.until ||
    !isClassWithin(campaign.bulletinClass, bulletinClass)
  );
}

export function widerScope(field: keyof Scope): DomainError {
  const sentence = {
    vi: 'Phạm vi duyệt phải nằm trong đợt tuyên truyền: kênh của bài, trong thời gian và cấp độ tin của đợt.',
    en: 'An approval stays inside the campaign: channels of the script, days and class of the campaign.',
  };
  return new DomainError('invalid', 'wider-scope', sentence, { field });
}

function outside(vi: string, en: string, details: Record<string, unknown>): DomainError {
  const sentence = {
    vi: `Nằm ngoài phạm vi đã duyệt: ${vi}. Hãy chọn trong phạm vi đó, hoặc gửi lãnh đạo duyệt lại.`,
    en: `Outside the approval: ${en}. Stay inside it, or ask for a new approval.`,
  };
  return new DomainError('conflict', 'outside-approval', sentence, details);
}
