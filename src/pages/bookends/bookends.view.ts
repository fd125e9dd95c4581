import type { LocalDate } from '../../shared/local-time.js';
import type { ClipState } from '../../audio/clips/clip.transitions.js';
import { type IdentPart, identParts } from '../../audio/idents/ident-text.js';
import type { BookendChoice } from '../../schedule/bookends/bookend-choices.js';
import type { BookendView } from '../../schedule/plans/bookend-settings.service.js';
import { day, translate } from '../language/language.js';
import { lengthShort, type Tone } from '../language/words.js';

/** `unit` is for a window only: it follows the setting of its unit. */
export const bookendKinds = ['unit', 'none', 'call', 'clip'] as const;
export type BookendKind = (typeof bookendKinds)[number];
export const bookendKindNames: Record<BookendKind, string> = {
  unit: 'Theo cài đặt chung',
  none: 'Không có',
  call: 'Lời giới thiệu đài của ngày',
  clip: 'Một bản thu',
};
export const identStateNames: Record<ClipState, string> = {
  ready: 'đã có',
  waiting: 'đang tạo',
  failed: 'chưa tạo được',
};
const identStateTones: Record<ClipState, Tone> = { ready: 'good', waiting: 'warn', failed: 'bad' };

/** The fields of the form; `windowId` '' is the unit's own setting. */
export interface BookendForm {
  windowId: string;
  opening: BookendKind;
  openingClipId: string;
  closing: BookendKind;
  closingClipId: string;
}

/** The form as `BookendSettings.set` takes it. */
export function parseBookendForm({ windowId, opening, openingClipId, closing, closingClipId }: BookendForm) {
  const clip = (kind: BookendKind, id: string) => (kind === 'none' || kind === 'unit' || id === '' ? null : id);
  return {
    openingCall: opening === 'call',
    openingClipId: clip(opening, openingClipId),
    closingCall: closing === 'call',
    closingClipId: clip(closing, closingClipId),
    ...(windowId !== '' && { openingNone: opening === 'none', closingNone: closing === 'none' }),
  };
}

/** The clip field that is required but empty; null when the form is complete. */
export function missingClip(form: BookendForm): 'openingClipId' | 'closingClipId' | null {
  if (form.opening === 'clip' && form.openingClipId === '') return 'openingClipId';
  return form.closing === 'clip' && form.closingClipId === '' ? 'closingClipId' : null;
}

export function bookendFormOf(windowId: string, setting: BookendView | undefined): BookendForm {
  const silence = windowId === '' ? 'none' : 'unit';
  const kind = (none?: boolean, call?: boolean, clipId: string | null = null): BookendKind =>
    none ? 'none' : call ? 'call' : clipId === null ? silence : 'clip';
  return {
    windowId,
    opening: kind(setting?.openingNone, setting?.openingCall, setting?.openingClipId),
    openingClipId: setting?.openingClipId ?? '',
    closing: kind(setting?.closingNone, setting?.closingCall, setting?.closingClipId),
    closingClipId: setting?.closingClipId ?? '',
  };
}

/** The form of the unit, or of a window with its own setting. `name` is the display name of the unit or window. */
export function bookendFormView(form: BookendForm, name: string, choices: readonly BookendChoice[], problem = '') {
  const kinds = bookendKinds.filter((one) => form.windowId !== '' || one !== 'unit');
  const part = (kind: BookendKind, clipId: string) => ({
    kinds: kinds.map((one) => ({ kind: one, name: translate(bookendKindNames[one]), chosen: one === kind })),
    clips: clipOptions(choices, clipId),
    text: translate(bookendKindNames[kind]),
  });
  return {
    id: form.windowId || 'don-vi',
    windowId: form.windowId,
    name,
    own: form.opening !== 'unit' || form.closing !== 'unit',
    opening: part(form.opening, form.openingClipId),
    closing: part(form.closing, form.closingClipId),
    problem,
  };
}

/** The chosen clip stays in the list even when it is no longer approved to air. */
function clipOptions(choices: readonly BookendChoice[], chosen: string) {
  const options = choices.map(({ clipId, title, durationMs }) => ({
    id: clipId,
    title: `${title} (${lengthShort(durationMs)})`,
    chosen: clipId === chosen,
  }));
  const lost = chosen !== '' && !options.some((one) => one.chosen);
  return lost
    ? [{ id: chosen, title: translate('(bản thu không còn được duyệt)'), chosen: true }, ...options]
    : options;
}

export interface DayIdent {
  part: IdentPart;
  profile: string;
  state: ClipState;
  spoken: string;
  reason: string | null;
  sha256: string | null;
  durationMs: number | null;
}

/** The station idents of the coming days, opening and closing of each; `idents` lists the ident that airs first. */
export function identDays(days: readonly { date: LocalDate; idents: readonly DayIdent[] }[], profile: string) {
  return days.map(({ date, idents }) => ({
    day: day(date),
    parts: identParts.map((part) => {
      const own = idents.filter((ident) => ident.part === part && ident.profile === profile);
      // Until a newer ident is ready, the older one airs.
      const ident = own.find(({ state }) => state === 'ready') ?? own[0];
      if (!ident) return { text: translate('chưa đặt'), tone: '' as Tone, said: '', src: '', reason: '' };
      const { state, spoken, sha256, durationMs, reason } = ident;
      const length = durationMs === null ? '' : ` ${lengthShort(durationMs)}`;
      return {
        text: `${translate(identStateNames[state])}${length}`,
        tone: identStateTones[state],
        said: spoken,
        src: sha256 === null ? '' : `/api/clips/${sha256}.mp3`,
        reason: reason ?? '',
      };
    }),
  }));
}
