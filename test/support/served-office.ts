import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { localDateOf, localTimeOf, VIETNAM } from '../../src/shared/local-time.js';
import { Client, json, type SignedIn } from './client.js';
import { openHouse } from './house.js';
import { FURNITURE } from './house-template.js';
import { enrolPhone, enrolPhoneWith, giveCode, Phone } from './phone.js';
import { type Place, runLoa, type ServeProcess, settingsOf } from './serve-process.js';
import { onPostgres } from './test-database.js';

const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');
export const PASSWORD = 'người giữ chìa khóa kho thóc';
/** The password that the administrator chooses for people, who then choose their own. */
const FIRST_PASSWORD = 'trao tay rồi đổi ngay 2026';

export interface ShownClip {
  id: string;
  state: string;
  sha256: string | null;
  durationMs: number | null;
  progress: { stage: string; percent: number } | null;
}

/** People at work on a server in another process, and the campaign that they work for. */
export interface Office {
  editor: Client;
  approver: Client;
  campaignId: string;
}

/** The same between two servers. */
interface Furnished {
  editor: SignedIn;
  approver: SignedIn;
  /** Of the approver's phone. */
  secret: string;
  campaignId: string;
}
const PEOPLE = 'people.json';

/** Any server. */
type Served = Pick<ServeProcess, 'url' | 'place'>;

/** About nine seconds of speech a sentence; no two texts have a sentence in common. */
export function announcement(name: string, sentences: number): string {
  const lines = Array.from(
    { length: sentences },
    (_, n) =>
      `Đợt ${name}, điều ${n + 1}: đề nghị bà con dọn sạch nơi muỗi đẻ trứng, thả cá vào bể và úp kín các vật chứa nước quanh nhà.`,
  );
  return lines.join('\n');
}

/**
 * Tables, seeds, keys, an administrator, an editor, an approver with a phone and a campaign, in the empty place of a server that starts
 * afterwards. Migrating, creating and signing in cost seconds in a process, so that a run does it once and copies it; on PostgreSQL each
 * place gets its own. Resolves with how its people come to that server.
 */
export async function moveIn(place: Place): Promise<(server: Pick<ServeProcess, 'url'>) => Promise<Office>> {
  const { LOA_DATA_DIR: dataDir = '' } = settingsOf(place);
  if (onPostgres) return comers(await furnish(place.dir, place.env));
  const template = join(tmpdir(), 'office-template');
  if (!existsSync(template)) await makeTemplate(template);
  for (const name of FURNITURE) cpSync(join(template, 'data', name), join(dataDir, name), { recursive: true });
  return comers(JSON.parse(readFileSync(join(template, PEOPLE), 'utf8')) as Furnished);
}

async function makeTemplate(template: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'loa-office-'));
  writeFileSync(join(dir, PEOPLE), JSON.stringify(await furnish(dir)));
  try {
    renameSync(dir, template);
  } catch (error) {
    // Another worker was faster: its template is as good.
    if (!existsSync(template)) throw error;
    rmSync(dir, { recursive: true });
  }
}

/** Some minutes ago, so that no phone has given a code of the time to come. */
async function furnish(dir: string, env: Record<string, string> = {}): Promise<Furnished> {
  const then = Date.now() - 5 * 60_000;
  const house = await openHouse({
    dir,
    env,
    at: { date: localDateOf(then, VIETNAM), time: localTimeOf(then, VIETNAM) },
  });
  try {
    const person = async (username: string, role: Role) => {
      const account = { username, displayName: `Người ${role}`, password: PASSWORD, grants: [{ role }] };
      await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
      return new Client(house.url).signIn(username, PASSWORD);
    };
    await person('quan.tri', 'admin');
    const [editor, approver] = [await person('editor.mot', 'editor'), await person('approver.mot', 'approver')];
    const { secret } = await enrolPhone(house, approver);
    const { id } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
    const campaign = { directiveId: id, name: 'Đợt thử', from: '2026-11-25', until: '2036-12-31' };
    const opened = await editor.post('/api/campaigns', campaign);
    expect(opened.status).toBe(201);
    const campaignId = json<{ id: string }>(opened).id;
    return { editor: editor.signedIn, approver: approver.signedIn, secret, campaignId };
  } finally {
    await house.close();
  }
}

function comers({ editor, approver, secret, campaignId }: Furnished) {
  return async ({ url }: Pick<ServeProcess, 'url'>): Promise<Office> => {
    const office = { editor: new Client(url, editor), approver: new Client(url, approver), campaignId };
    await giveCode(office.approver, new Phone(secret, Date.now));
    return office;
  };
}

/** Somebody whom the administrator has let in over HTTP, and who has chosen a password of his own. */
export async function newcomer(server: Served, admin: Client, role: Role, username: string): Promise<Client> {
  const account = { username, displayName: `Người ${role}`, password: FIRST_PASSWORD, grants: [{ role }] };
  expect((await admin.post('/api/accounts', account)).status).toBe(201);
  const first = await new Client(server.url).signIn(username, FIRST_PASSWORD);
  const change = { current: FIRST_PASSWORD, next: PASSWORD, repeated: PASSWORD };
  expect((await first.send('PUT', '/api/session/password', change)).status).toBe(204);
  const client = await new Client(server.url).signIn(username, PASSWORD);
  if (role === 'approver') await letApprove(server, client, username);
  return client;
}

/**
 * The user of the server's terminal is the second person: it issues the enrolment code and confirms the new account.
 */
async function letApprove({ place }: Served, client: Client, username: string): Promise<void> {
  const issued = await runLoa(place, ['admin', 'code', '--username', username]);
  expect(issued).toMatchObject({ code: 0 });
  await enrolPhoneWith(client, issued.out.trim(), Date.now);
  expect(await runLoa(place, ['admin', 'confirm', '--username', username])).toMatchObject({ code: 0 });
}

export async function script(
  { editor, campaignId }: Office,
  text: string,
  channelKind = 'ward-loudspeaker',
): Promise<string> {
  const made = await editor.post('/api/scripts', { campaignId, channelKind, title: 'Thông báo', text });
  expect(made.status).toBe(201);
  return json<{ versionId: string }>(made).versionId;
}

/** A fanpage text that a second person has approved. */
export async function approved(office: Office, text: string): Promise<string> {
  const versionId = await script(office, text, 'fanpage');
  expect((await office.editor.post(`/api/versions/${versionId}/submit`)).status).toBe(204);
  const seen = json<{ contentHash: string }>(await office.approver.get(`/api/approvals/${versionId}`));
  const answer = await office.approver.post(`/api/approvals/${versionId}/approve`, { contentHash: seen.contentHash });
  expect(answer.status).toBe(200);
  return versionId;
}

export async function clipsOf(editor: Client, versionId: string): Promise<ShownClip[]> {
  return json<ShownClip[]>(await editor.get(`/api/versions/${versionId}/clips`));
}
