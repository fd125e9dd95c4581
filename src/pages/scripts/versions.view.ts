import { diffWordsWithSpace } from 'diff';
import type { TimeZone } from '../../shared/local-time.js';
import type { ScriptVersion } from '../../scripts/script-version.entity.js';
import { versionStateNames } from '../../scripts/script-version.transitions.js';
import { moment, translate } from '../language/language.js';
import { upperFirst, versionTones } from '../language/words.js';

/** A stretch of the merged diff of two versions. */
export interface DiffPiece {
  text: string;
  /** '' in both, `added` only in the later one, `removed` only in the earlier one. */
  kind: '' | 'added' | 'removed';
}

/** Word by word; spaces and line breaks count, because they are pauses. Joined without `removed` it is `after`. */
export function wordDiff(before: string, after: string): DiffPiece[] {
  const locale = new Intl.Segmenter('vi', { granularity: 'word' });
  return diffWordsWithSpace(before, after, { intlSegmenter: locale }).map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : '',
  }));
}

/** Two versions side by side; `from` and `to` are their numbers, by default the last two. Null when one is missing. */
export function versionsView(
  versions: readonly ScriptVersion[],
  asked: { from?: number; to?: number },
  nameOf: (id: string | null) => string,
  zone: TimeZone,
) {
  const to = versions.find(({ n }) => n === asked.to) ?? (asked.to === undefined ? versions[0] : undefined);
  const from =
    versions.find(({ n }) => n === asked.from) ??
    (asked.from === undefined ? (versions.find(({ n }) => n === (to?.n ?? 0) - 1) ?? to) : undefined);
  if (!from || !to) return null;
  const pieces = wordDiff(from.body, to.body);
  const words = (kind: DiffPiece['kind']) =>
    String(pieces.filter((one) => one.kind === kind).flatMap(({ text }) => text.match(/[\p{L}\p{N}]+/gu) ?? []).length);
  return {
    from: String(from.n),
    to: String(to.n),
    same: from.id !== to.id && from.body === to.body,
    onlyOne: from.id === to.id,
    pieces,
    titleBefore: from.title === to.title ? '' : from.title,
    titleAfter: from.title === to.title ? '' : to.title,
    addedWords: words('added'),
    removedWords: words('removed'),
    versions: versions.map((one) => ({
      n: String(one.n),
      label: translate('Bản {n}', { n: one.n }),
      author: nameOf(one.authorId),
      written: moment(one.createdAt, zone),
      state: upperFirst(translate(versionStateNames[one.state])),
      tone: versionTones[one.state],
      isFrom: one.n === from.n,
      isTo: one.n === to.n,
      before: one.n > 1 ? String(one.n - 1) : '',
    })),
  };
}
