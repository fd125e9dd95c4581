import { type Actor, hasRole } from '../../people/access/actor.js';
import { UPLOADED } from '../../audio/store/upload-store.js';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import type { ScriptFacts } from './script.read-model.js';
import type { TypedText } from './script.view.js';

/** What the person may do now, and, where something stands in the way, what that is. */
export function scriptRights(facts: ScriptFacts, actor: Actor, asked: { edit: boolean; typed?: TypedText }) {
  const [{ state }] = facts.versions;
  const editor = hasRole(actor, 'editor');
  const sound = isLoudspeaker(facts.script.channelKind);
  const clips = facts.clips.map(({ clip }) => clip);
  const waiting = clips.some((clip) => clip.state === 'waiting');
  const heard = clips.some((clip) => clip.state === 'ready') && !waiting;
  // A page that loads itself again would take half-written words with it; and who approved did not expect them to change.
  const writing = state === 'draft' || state === 'returned' || state === 'voided';
  const editing = editor && (asked.typed !== undefined || asked.edit || (writing && !waiting));
  const stale = clips.some(
    (clip) => clip.state === 'ready' && clip.engine !== UPLOADED && clip.spoken !== facts.reading?.spoken,
  );
  // Whoever has heard a person read it may still prefer the voice of the machine: what was asked for last is what airs.
  const recorded = clips.some((clip) => clip.state === 'ready' && clip.engine === UPLOADED);
  const mayMake = editor && sound && state === 'draft' && !waiting;
  const again = stale || recorded || clips.some((clip) => clip.state === 'failed');
  return {
    editing,
    mayOpenEditor: editor && !editing,
    mayRender: mayMake && (!heard || again),
    mayShape: mayMake,
    mayReplaceVoice: mayMake && recorded,
    mayCancelRender: editor && waiting,
    maySubmit: editor && state === 'draft' && (!sound || heard),
    submitNeedsClip: editor && state === 'draft' && sound && !heard,
    mayPlan: editor && sound && state === 'approved',
    mayPost: hasRole(actor, 'editor', 'page-admin') && facts.script.channelKind === 'fanpage' && state === 'approved',
    /** A press on a word corrects how it is read; a human voice may take the place of the machine's. */
    mayCorrect: editor && sound && state === 'draft',
    mayDecide: hasRole(actor, 'approver') && state === 'submitted',
    /** The page asks again by itself while a clip is being made, and while nobody writes. */
    refresh: waiting && !editing ? '3' : '',
  };
}
