import { readFileSync } from 'node:fs';
import type { Role } from '../../src/people/access/role.js';
import { Client, json } from './client.js';
import { enrolPhoneWith } from './phone.js';
import { runLoa, type ServeProcess } from './serve-process.js';

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
 * Creates the first administrator by the command beside the running server, everybody else and the campaign over HTTP.
 */
export async function furnish(server: Served): Promise<Office> {
  const create = ['admin', 'create', '--username', 'quan.tri', '--name', 'Nguyễn Thị Quản Trị'];
  expect(await runLoa(server.place, create, `${PASSWORD}\n`)).toMatchObject({ code: 0 });
  const admin = await new Client(server.url).signIn('quan.tri', PASSWORD);
  const [editor, approver] = [await newcomer(server, admin, 'editor'), await newcomer(server, admin, 'approver')];
  const { id } = json<{ id: string }>(await editor.post('/api/directives', { text: letter }));
  const campaign = { directiveId: id, name: 'Đợt thử', from: '2026-11-25', until: '2036-12-31' };
  const opened = await editor.post('/api/campaigns', campaign);
  expect(opened.status).toBe(201);
  return { editor, approver, campaignId: json<{ id: string }>(opened).id };
}

/** `<role>.mot`, who has chosen a password of his own. */
export async function newcomer(server: Served, admin: Client, role: Role): Promise<Client> {
  const username = `${role}.mot`;
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
