import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.js';
import { claimServing } from '../database/engines/single-instance-lock.js';
import { upgradeTables } from '../database/engines/upgrade-tables.js';
import { sayUpgraded } from './migrate.command.js';
import { Campaigns } from '../campaigns/campaigns.service.js';
import { chooseDemoLaw } from './demo/demo-law.js';
import { SeedFiles } from '../channels/seed-files.js';
import type { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Directives } from '../directives/directives.service.js';
import { JobRunner } from '../jobs/job-runner.js';
import { PlaylistKey } from '../playlists/playlist-key.service.js';
import { Reconciliation } from '../proof/reconciliation.service.js';
import { Reports } from '../reports/reports.service.js';
import { type Clock, type Instant, ShiftedClock, SystemClock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { addDays, instantOf, localDateOf, type LocalDate } from '../shared/local-time.js';
import type { Actor } from '../people/access/actor.js';
import { letterText } from './intake.command.js';
import { demoPeople } from './demo/demo-people.js';
import { confirmPosts, planPosts, planSlots, writePlaylists } from './demo/demo-plan.js';
import type { DemoResult } from './demo/demo-result.js';
import { gatherResult } from './demo/demo-gather.js';
import { approveAll, makeClips, writeScripts } from './demo/demo-scripts.js';
import { enrolStations, liveThroughDays, liveUntil } from './demo/demo-stations.js';
import type { DemoProgress } from './demo/demo-progress.js';

const DAYS = 10;

/**
 * Runs one letter through the whole process, on the real services and in the demo's own installation: ten days that end
 * yesterday, and today and tomorrow planned. A second run on the same day adds nothing; on a later day the demo is made
 * anew. Throws `already-served` (409) while a server runs on it.
 */
export async function runDemo(config: Config, letterFile: string, progress: DemoProgress): Promise<DemoResult> {
  const text = await letterText(letterFile);
  const now = new SystemClock().now();
  const today = localDateOf(now, config.timeZone);
  const release = await freshFolder(config, today);
  try {
    return await runOn(config, { text, now, today }, progress);
  } finally {
    release();
  }
}

/** Removes a demo of an earlier day, whose days would be over, and claims the folder. */
async function freshFolder(config: Config, today: LocalDate): Promise<() => void> {
  const mark = join(config.dataDir, 'demo', 'day');
  const before = await readFile(mark, 'utf8').catch(() => '');
  let release = claimServing(config);
  if (before !== today) {
    release();
    await rm(config.dataDir, { recursive: true, force: true });
    release = claimServing(config);
  }
  await mkdir(dirname(mark), { recursive: true });
  await writeFile(mark, today);
  return release;
}

async function runOn(
  config: Config,
  { text, now, today }: { text: string; now: Instant; today: LocalDate },
  progress: DemoProgress,
): Promise<DemoResult> {
  const folder = join(config.dataDir, 'demo');
  const clock = new ShiftedClock();
  const lived = { from: addDays(today, -DAYS), until: addDays(today, -1) };
  const days = { from: lived.from, until: addDays(today, 1) };
  // After the last session of the evening: the first day that owes plays is the next.
  clock.moveTo(instantOf(addDays(lived.from, -1), '20:30', config.timeZone));
  const app = await progress.step('start', 'Mở cơ sở dữ liệu và máy chủ', () => open(config, clock));
  try {
    const baseUrl = (await app.getUrl()).replace('[::1]', 'localhost');
    const { editor, approver, pageAdmin } = await demoPeople(app, folder);
    const { directive, obligations } = await progress.step('directive', 'Đọc công văn và vào sổ', async () => {
      const { id } = await app.get(Directives).register(editor, text);
      return app.get(Directives).byId(id);
    });
    if (obligations.length === 0) throw noChannel();
    const campaign = await progress.step('campaign', 'Mở đợt tuyên truyền', () =>
      openCampaign(app, editor, directive.id, directive.number, days),
    );
    await progress.step('scripts', 'Soạn bài từ mẫu', () =>
      writeScripts(app, editor, campaign, directive, obligations, DAYS + 2),
    );
    await progress.step('clips', 'Đọc, dựng và đo bản thu', (report) => makeClips(app, editor, campaign.id, report));
    await progress.step('approval', 'Người thứ hai nghe và duyệt', () =>
      approveAll(app, editor, approver, campaign.id, folder),
    );
    const plan = await progress.step('slots', 'Xếp lượt phát', () =>
      planSlots(app, editor, campaign, obligations, days),
    );
    await planPosts(app, editor, campaign, days);
    const playlists = await progress.step('playlists', 'Dựng danh sách phát từng ngày', (report) =>
      writePlaylists(app, join(folder, 'playlists'), days, report),
    );
    await progress.step(
      'stations',
      `${new Set(playlists.map((one) => one.channel)).size} trạm lấy bài và phát ${DAYS} ngày`,
      async (report) => {
        const key = app.get(PlaylistKey).publicPem;
        const stations = await enrolStations(app, baseUrl, key, join(folder, 'stations'), clock);
        const morning = async () => {
          await app.get(JobRunner).drain();
          await confirmPosts(app, pageAdmin);
        };
        await liveThroughDays(app, stations, { ...lived, morning }, clock, report);
        clock.moveTo(now);
        await liveUntil(stations, now);
      },
    );
    const csv = await progress.step('proof', 'Đối chiếu nhật ký, lập báo cáo', async () => {
      await app.get(Reconciliation).reconcile();
      const file = join(folder, `bao-cao-${directive.number.replace(/[^\p{L}\p{N}-]+/gu, '-')}.csv`);
      await mkdir(folder, { recursive: true });
      await writeFile(file, await app.get(Reports).csv(directive.id));
      return file;
    });
    return await gatherResult(
      app,
      { directive, obligations, campaign, days, lived, plan, playlists, csv, editor },
      progress.seconds,
    );
  } finally {
    await app.close();
  }
}

async function open(config: Config, clock: Clock): Promise<NestFastifyApplication> {
  await sayUpgraded(upgradeTables(config));
  const app = await createApp(config, { clock, quiet: true });
  await app.listen(0, '127.0.0.1');
  await app.get(SeedFiles).load();
  await chooseDemoLaw(app);
  return app;
}

/** The same campaign on every run; a later run extends its last day. */
async function openCampaign(
  app: NestFastifyApplication,
  editor: Actor,
  directiveId: string,
  number: string,
  days: { from: LocalDate; until: LocalDate },
) {
  const campaigns = app.get(Campaigns);
  const name = `Tuyên truyền theo văn bản ${number} (chạy thử)`;
  const old = await campaigns.find(directiveId, name);
  if (old && old.until < days.until) await campaigns.extend(editor, old.id, days.until);
  const id = old?.id ?? (await campaigns.open(editor, { directiveId, name, ...days, bulletinClass: 'normal' }));
  await campaigns.setAutoMakeGood(editor, id, true);
  return campaigns.require(app.get(Database).read(), id);
}

function noChannel(): DomainError {
  return new DomainError('invalid', 'no-channel', {
    vi: 'Văn bản không giao việc cho kênh nào của Loa (truyền thanh, fanpage, trang thông tin, tờ rơi), nên không có gì để phát.',
    en: 'The letter names no channel, so there is nothing to broadcast.',
  });
}
