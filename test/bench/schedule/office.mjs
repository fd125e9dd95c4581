import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../dist/app.js';
import { Approvals } from '../../../dist/approvals/approvals.service.js';
import { Clip } from '../../../dist/audio/clips/clip.entity.js';
import { Campaign } from '../../../dist/campaigns/campaign.entity.js';
import { Channels } from '../../../dist/channels/channels.service.js';
import { SeedFiles } from '../../../dist/channels/seed-files.js';
import { Config } from '../../../dist/config/config.js';
import { Database } from '../../../dist/database/database.js';
import { Directive } from '../../../dist/directives/directive.entity.js';
import { Accounts } from '../../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../../dist/people/access/actor.js';
import { codeAt } from '../../../dist/people/sign-in/one-time-code.js';
import { SecondFactorService } from '../../../dist/people/sign-in/second-factor.service.js';
import { SecondPerson } from '../../../dist/people/sign-in/second-person.service.js';
import { Script } from '../../../dist/scripts/script.entity.js';
import { ScriptVersion } from '../../../dist/scripts/script-version.entity.js';
import { FixedClock } from '../../../dist/shared/clock.js';
import { newId, sha256 } from '../../../dist/shared/ids.js';
import { addDays, instantOf, VIETNAM } from '../../../dist/shared/local-time.js';

export const FROM = '2026-08-24';
export const NOW = instantOf('2026-08-20', '08:00', VIETNAM);
export const MINUTE = 60_000;
export const CLIP_MS = 2 * MINUTE;
const UNIT = 'phuong-bac-ha';

/** The real application on SQLite in a folder that is deleted on close, with `channels` ward channels of two windows a day. */
export async function openOffice(channels) {
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'));
  const config = new Config({ PATH: process.env.PATH, LOA_DATA_DIR: dir, LOA_MEDIA_DIR: join(dir, 'media') });
  const app = await createApp(config, { clock: new FixedClock(NOW), quiet: true });
  const close = async () => {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await app.init();
    await app.get(SeedFiles).load();
    const seeds = Array.from({ length: channels }, (_, n) => channelSeed(n));
    await app.get(Database).write((tx) => app.get(Channels).seed(tx, systemActor('đo tốc độ'), seeds));
    const all = await app.get(Channels).list('ward-loudspeaker');
    const ids = seeds.map(({ code }) => all.find((channel) => channel.code === code).id);
    return { app, file: config.databaseUrl.slice('sqlite:'.length), channelIds: ids, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function channelSeed(n) {
  const window = { weekdays: [1, 2, 3, 4, 5, 6, 7], minutes: 30 };
  return {
    code: `do-toc-do-${n}`,
    kind: 'ward-loudspeaker',
    name: `Cụm loa ${n}`,
    unit: UNIT,
    profile: 'horn',
    zone: VIETNAM,
    permitted: [{ from: '05:00', until: '21:00' }],
    windows: [
      { ...window, name: 'Sáng', start: '05:30' },
      { ...window, name: 'Chiều', start: '17:00' },
    ],
  };
}

/** A letter, its campaign and one approved clip of `CLIP_MS`; the approval is a real one. */
export async function approvedCampaign({ app }, days) {
  const someone = async (role) => {
    const account = { username: `${role}.${newId(NOW)}`, displayName: role, password: 'mật khẩu để đo tốc độ' };
    const id = await app.get(Accounts).create(systemActor('đo tốc độ'), { ...account, grants: [{ role }] });
    return app.get(Accounts).actor(id);
  };
  const editor = await someone('editor');
  const approver = await someone('approver');
  const id = () => newId(NOW);
  const [directiveId, campaignId, scriptId, scriptVersionId, clipId] = [id(), id(), id(), id(), id()];
  const title = 'Đề nghị bà con dọn sạch nơi muỗi đẻ trứng, phòng chống sốt xuất huyết';
  const made = { createdAt: NOW, createdBy: editor.accountId };
  const until = addDays(FROM, days - 1);
  await app.get(Database).write(async (tx) => {
    const lists = { references: [], assignments: [], recipients: [], to: [], missing: [] };
    const letter = { number: '2614/UBND-VHTT', place: 'Hà Tĩnh', issuer: 'Ủy ban nhân dân thành phố', subject: title };
    const text = { urgency: null, body: title, bodyHash: sha256(title), search: 'muoi' };
    const registered = { issuedOn: FROM, registeredAt: NOW, registeredBy: editor.accountId };
    await tx.insert(Directive, { id: directiveId, ...letter, ...text, ...lists, ...registered });
    const campaign = { id: campaignId, directiveId, name: 'Phòng chống sốt xuất huyết', bulletinClass: 'normal' };
    await tx.insert(Campaign, { ...campaign, from: FROM, until, state: 'open', ...made });
    const script = { id: scriptId, campaignId, templateCode: null, channelKind: 'ward-loudspeaker', unitId: null };
    await tx.insert(Script, { ...script, title, ...made });
    const version = { id: scriptVersionId, scriptId, n: 1, title, body: title, variables: {}, textHash: sha256(title) };
    const submitted = { state: 'submitted', authorId: editor.accountId, createdAt: NOW, submittedAt: NOW };
    await tx.insert(ScriptVersion, { ...version, ...submitted });
    const sound = {
      integratedLufs: -16,
      truePeakDbtp: -1.5,
      engine: 'espeak/vi',
      sentences: [],
      peaks: [],
      reason: null,
    };
    const hash = sha256(campaignId);
    const file = { sha256: hash, bytes: 240_000, durationMs: CLIP_MS, createdAt: NOW, readyAt: NOW };
    const spoken = { spoken: title, spokenHash: sha256(title), inputsHash: hash };
    await tx.insert(Clip, {
      id: clipId,
      scriptVersionId,
      profile: 'horn',
      state: 'ready',
      ...spoken,
      ...sound,
      ...file,
    });
  });
  const approvals = app.get(Approvals);
  const { hash } = await approvals.content(app.get(Database).read(), scriptVersionId);
  const secondFactor = app.get(SecondFactorService);
  const terminal = systemActor('đo tốc độ');
  const code = await app.get(SecondPerson).issueEnrolmentCode(terminal, approver.accountId);
  const { secret } = await secondFactor.begin(approver, code);
  await secondFactor.finish(approver, codeAt(secret, NOW));
  await approvals.approve({ ...approver, codeAt: NOW }, scriptVersionId, hash);
  return { editor, campaignId, clipId, from: FROM, until };
}
