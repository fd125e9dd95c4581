import { createApp } from '../app.js';
import { Config } from '../config/config.js';
import { DomainError } from '../shared/domain-error.js';
import { systemActor } from '../people/access/actor.js';
import { Clips } from '../audio/clips/clips.service.js';
import { RenderBoard, type Rendering } from '../audio/maintenance/render-board.service.js';
import type { JobState } from '../jobs/job.transitions.js';
import { print, printJson, remark } from './output.js';

const actor = systemActor('dòng lệnh');
const stateNames: Record<JobState, string> = {
  waiting: 'đang chờ',
  running: 'đang làm',
  done: 'xong',
  failed: 'hỏng',
  cancelled: 'đã dừng',
};

/** Prints the present queue of renderings: one a line, or JSON. May run beside the server. */
export async function rendersCommand(options: { json?: boolean }): Promise<void> {
  await withServices(async ({ board }) => {
    const list = await board.list();
    if (options.json) await printJson(list);
    else
      await print(list.length === 0 ? 'Không có bản thu nào đang làm, đang chờ hay hỏng.\n' : list.map(line).join(''));
  });
}

/** Stops the rendering of one clip. Throws `no-rendering` (404). */
export async function stopRenderCommand(id: string, options: { reason?: string }): Promise<void> {
  await withServices(async ({ board, clips }) => {
    const { versionId } = await clipIn(board, id);
    if (!(await clips.cancel(actor, versionId, id, options.reason))) throw noRendering(id);
    remark(`Đã dừng bản thu ${id}.`);
  });
}

/**
 * Enqueues a failed clip again; the server renders it. Throws `no-rendering` (404), `clip-not-failed` (409),
 * `upload-lost` (422).
 */
export async function retryRenderCommand(id: string, options: { reason: string }): Promise<void> {
  await withServices(async ({ board, clips }) => {
    const { versionId } = await clipIn(board, id);
    await clips.retry(actor, versionId, id, options.reason);
    remark(`Bản thu ${id} đã trở lại hàng chờ.`);
  });
}

async function withServices(work: (services: { board: RenderBoard; clips: Clips }) => Promise<void>): Promise<void> {
  const app = await createApp(new Config(), { quiet: true });
  try {
    await app.init();
    await work({ board: app.get(RenderBoard), clips: app.get(Clips) });
  } finally {
    await app.close();
  }
}

async function clipIn(board: RenderBoard, id: string): Promise<{ versionId: string }> {
  const found = (await board.list()).find((one) => one.id === id);
  if (!found?.versionId) throw noRendering(id);
  return { versionId: found.versionId };
}

function line({ id, title, profile, state, stage, percent, reason, attempt }: Rendering): string {
  const how = state === 'running' ? `${percent} %  ${stage ?? ''}` : (reason ?? (attempt > 0 ? `lần ${attempt}` : ''));
  return `${id}  ${stateNames[state].padEnd(8)}  ${profile.padEnd(4)}  ${title}  ${how}`.trimEnd() + '\n';
}

function noRendering(id: string): DomainError {
  return new DomainError('not-found', 'no-rendering', {
    vi: `Không có bản thu nào đang làm, đang chờ hay hỏng trong ngày qua có mã ${id}.`,
    en: `No clip ${id} is being made, waits, or has failed in the last day.`,
  });
}
