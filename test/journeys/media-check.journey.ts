import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MediaVerifier } from '../../src/audio/maintenance/media-verifier.service.js';
import { StationIdent } from '../../src/audio/idents/station-ident.entity.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Approval } from '../../src/approvals/approval.entity.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { JobRunner } from '../../src/jobs/job-runner.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { sha256 } from '../../src/shared/ids.js';
import { clipOf } from '../support/at-the-desk.js';
import { type Client, json } from '../support/client.js';
import { type House, openHouse } from '../support/house.js';
import { until } from '../support/serve-process.js';
import { onPostgres } from '../support/test-database.js';

let house: House;
let editor: Client;
const rows = () => house.app.get(Database).read();
const mediaDir = () => house.app.get(Config).mediaDir;
const fileOf = (hash: string) => join(mediaDir(), 'clips', hash.slice(0, 2), `${hash}.mp3`);
const verify = (share?: number) => house.app.get(MediaVerifier).verifyNext(share);
const told = async (entityId: string) =>
  (await rows().find(AuditEntry, { where: { entityId }, order: { seq: 'ASC' } })).map(({ action }) => action);

const health = async () => {
  const answer = await house.stranger().get('/health');
  const { details } = json<{ details: Record<string, { word: string }> }>(answer);
  return { status: answer.status, media: details['media']?.word, jobs: details['jobs']?.word };
};

/** As a failing disk does it: length and date stay. */
function rot(hash: string): void {
  const bytes = readFileSync(fileOf(hash));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(fileOf(hash), bytes);
}

beforeAll(async () => {
  house = await openHouse();
  editor = await house.person('editor');
}, 60_000);
afterAll(() => house.close());

it('a file that rots is played to nobody, made again from the same words, and is the same', async () => {
  const asked = { date: '2026-11-25', part: 'opening' };
  expect((await editor.post('/api/units/phuong-bac-ha/station-calls', asked)).status).toBe(202);
  await house.drain();
  const [call] = await rows().findBy(StationIdent, { state: 'ready' });
  const hash = call!.sha256!;
  expect(await verify(1)).toEqual([]);
  rot(hash);
  expect(await verify(1)).toEqual([hash]);
  expect((await editor.get(`/api/clips/${hash}.mp3`)).status).toBe(404);
  expect(existsSync(join(mediaDir(), 'spoiled', `${hash}.mp3`))).toBe(true);
  expect(await health()).toMatchObject({ status: 200, media: 'lost' });
  await house.drain();
  expect(await health()).toMatchObject({ status: 200, media: 'ok' });
  expect(sha256(readFileSync(fileOf(hash)))).toBe(hash);
  expect(await told(call!.id)).toEqual(expect.arrayContaining(['station-call.lost', 'station-call.remade']));
  expect(await rows().findOneByOrFail(StationIdent, { id: call!.id })).toEqual(call);
  expect(await verify(1)).toEqual([]);
}, 60_000);

it('a clip that does not come out as it was approved is approved again before anybody hears it', async () => {
  const clip = await clipOf(house, { title: 'Bài hỏng' });
  rmSync(fileOf(clip.sha256));
  expect(await verify(1)).toEqual([clip.sha256]);
  await house.drain();
  const now = await rows().findOneByOrFail(Clip, { id: clip.clipId });
  expect([now.state, now.sha256 === clip.sha256, existsSync(fileOf(now.sha256!))]).toEqual(['ready', false, true]);
  const approval = await rows().findOneByOrFail(Approval, { scriptVersionId: clip.versionId });
  expect(approval.voidedAt).not.toBeNull();
  expect(await told(clip.clipId)).toEqual(['clip.lost', 'clip.remade']);
}, 60_000);

it('a recording that somebody sent is told, and nothing is made in its place', async () => {
  const clip = await clipOf(house, { title: 'Bài gửi lên' });
  await house.app.get(Database).write((tx) => tx.update(Clip, { id: clip.clipId }, { engine: 'upload' }));
  rot(clip.sha256);
  expect(await verify(1)).toEqual([clip.sha256]);
  await house.drain();
  expect(await told(clip.clipId)).toEqual(['clip.lost']);
  expect(await health()).toMatchObject({ status: 200, media: 'lost' });
  expect(existsSync(fileOf(clip.sha256))).toBe(false);
  const approval = await rows().findOneByOrFail(Approval, { scriptVersionId: clip.versionId });
  expect(approval.voidedAt).toBeNull();
}, 60_000);

it('goes through all files piece by piece, on from where it was; a disk that is away has lost none', async () => {
  const clips = await Promise.all(['Một', 'Hai', 'Ba'].map((title) => clipOf(house, { title })));
  for (const { sha256: hash } of clips) rot(hash);
  const found: string[] = [];
  for (let step = 0; step < 9; step++) found.push(...(await verify(0.25)));
  expect(found).toEqual(expect.arrayContaining(clips.map((clip) => clip.sha256)));
  const clipsFolder = join(mediaDir(), 'clips');
  renameSync(clipsFolder, `${clipsFolder}-away`);
  await expect(verify(1)).rejects.toThrow('ENOENT');
  renameSync(`${clipsFolder}-away`, clipsFolder);
}, 60_000);

it('a media folder that is away, and jobs that nobody does, are told to whoever watches the server', async () => {
  renameSync(join(mediaDir(), 'clips'), join(mediaDir(), 'away'));
  expect(await health()).toMatchObject({ status: 503, media: 'unreachable' });
  renameSync(join(mediaDir(), 'away'), join(mediaDir(), 'clips'));
  expect(await health()).toMatchObject({ status: 200, jobs: 'idle' });
  const jobs = house.app.get(Jobs);
  let held = gate();
  jobs.define('held', { run: () => held.opened });
  await house.app.get(JobRunner).start();
  await until(async () => (await health()).jobs === 'ok', 10_000, 'the runner does not look');
  const add = (key: string) => house.app.get(Database).write((tx) => jobs.add(tx, { name: 'held', key, payload: {} }));
  await add('1');
  await add('2');
  house.clock.advance(11 * 60_000);
  await until(async () => (await health()).jobs === 'late', 10_000, 'nobody says that it is late');
  expect((await health()).status).toBe(200);
  held.open();
  await until(async () => (await health()).jobs === 'ok', 10_000, 'it stays late');
  // A query of the table that never returns.
  held = gate();
  const holding = house.app.get(Database).write(async (tx) => {
    if (onPostgres) await tx.query('LOCK TABLE job');
    await held.opened;
  });
  const added = add('3');
  house.app.get(JobRunner).wake();
  await new Promise((resolve) => setTimeout(resolve, 200));
  house.clock.advance(31_000);
  expect(await health()).toMatchObject({ status: 503, jobs: 'stopped' });
  held.open();
  await Promise.all([holding, added]);
  await until(async () => (await health()).status === 200, 10_000, 'it does not recover');
}, 60_000);

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
