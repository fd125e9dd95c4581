import { type Actor, hasRole } from '../../people/access/actor.js';
import { UPLOADED } from '../../audio/store/upload-store.js';
import { isLoudspeaker } from '../../shared/channel-kind.js';
import type { ScriptFacts } from './script.read-model.js';
import type { TypedText } from './script.view.js';

/** The actions open to the actor in the script's state, and the reasons why one is not. */
export function scriptRights(facts: ScriptFacts, actor: Actor, asked: { edit: boolean; typed?: TypedText }) {
  const [{ state }] = facts.versions;
  const editor = hasRole(actor, 'editor');
  const sound = isLoudspeaker(facts.script.channelKind);
  const clips = facts.clips.map(({ clip }) => clip);
  const waiting = clips.some((clip) => clip.state === 'waiting');
  const heard = clips.some((clip) => clip.state === 'ready') && !waiting;
  // An automatic reload would lose unsaved text, and an approved text must not change without notice.
  const writing = state === 'draft' || state === 'returned' || state === 'voided';
  const editing = editor && (asked.typed !== undefined || asked.edit || (writing && !waiting));
  const stale = clips.some(
    (clip) => clip.state === 'ready' && clip.engine !== UPLOADED && clip.spoken !== facts.reading?.spoken,
  );
  // A synthesised voice may replace a recording again: the clip that was ordered last airs.
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
    /** A click on a word opens the correction of its reading; a recording may replace the synthesised voice. */
    mayCorrect: editor && sound && state === 'draft',
    mayDecide: hasRole(actor, 'approver') && state === 'submitted',
    /** Seconds until the page reloads: while a clip is rendered and no form is open for writing. */
    refresh: waiting && !editing ? '3' : '',
  };
}
