import { type EntityManager, In } from 'typeorm';
import { Clip } from '../../audio/clips/clip.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';

export interface ClipScript {
  scriptId: string;
  title: string;
}

/** The script of each clip, with the title of its version: two statements, however many clips. */
export async function clipScripts(
  em: EntityManager,
  clipIds: Iterable<string | undefined>,
): Promise<ReadonlyMap<string, ClipScript>> {
  const ids = [...new Set(clipIds)].filter((id) => id !== undefined);
  if (ids.length === 0) return new Map();
  const clips = await em.find(Clip, { where: { id: In(ids) }, select: { id: true, scriptVersionId: true } });
  const versions = await em.find(ScriptVersion, {
    where: { id: In([...new Set(clips.map(({ scriptVersionId }) => scriptVersionId))]) },
    select: { id: true, scriptId: true, title: true },
  });
  const byId = new Map(versions.map(({ id, scriptId, title }) => [id, { scriptId, title }]));
  return new Map(
    clips.flatMap(({ id, scriptVersionId }) => {
      const script = byId.get(scriptVersionId);
      return script ? [[id, script] as const] : [];
    }),
  );
}

/** The script of each clip of some slots. */
export async function scriptsOf(
  em: EntityManager,
  slots: readonly { clipId?: string }[],
): Promise<ReadonlyMap<string, string>> {
  const scripts = await clipScripts(
    em,
    slots.map(({ clipId }) => clipId),
  );
  return new Map([...scripts].map(([clipId, { scriptId }]) => [clipId, scriptId]));
}
