import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { approvedClip } from './approved-clip.js';
import { type Answer, Client, json } from './client.js';
import { type House, PASSWORD } from './house.js';
import { enrolPhone, giveCode, type Phone } from './phone.js';

export const OWN_PASSWORD = 'bốn từ dễ nhớ lắm';

export const codeOf = (answer: Answer) =>
  answer.status < 300 ? String(answer.status) : `${answer.status} ${json<{ code: string }>(answer).code}`;

export interface Person {
  client: Client;
  id: string;
  username: string;
  password: string;
  phone?: Phone;
}

export interface Waiting {
  id: string;
  accountId: string;
  cause: string;
  until: number;
  stoppedAt: number | null;
}

/**
 * People of an installation who create each other's accounts, issue codes to each other and confirm each other's
 * actions.
 */
export class Colleagues {
  private names = 0;

  constructor(private readonly house: House) {}

  /** A person of the first day, created at the terminal. */
  async person(...roles: Role[]): Promise<Person> {
    const { account, username } = this.next(roles);
    const id = await this.house.app.get(Accounts).create(systemActor('dòng lệnh'), account);
    return { client: await new Client(this.house.url).signIn(username, PASSWORD), id, username, password: PASSWORD };
  }

  async withPhone(one: Person): Promise<Person & { phone: Phone }> {
    return Object.assign(one, { phone: await enrolPhone(this.house, one.client) });
  }

  /** A person whose account an administrator created, and who has chosen a password. */
  async madeBy(admin: Person, ...roles: Role[]): Promise<Person> {
    const { account, username } = this.next(roles);
    const { id } = json<{ id: string }>(await admin.client.post('/api/accounts', account));
    return this.chosen({ client: new Client(this.house.url), id, username, password: PASSWORD });
  }

  /** Signed in with a password that an administrator chose, and with an own one since. */
  async chosen(one: Person): Promise<Person> {
    await one.client.signIn(one.username, one.password);
    const change = { current: one.password, next: OWN_PASSWORD, repeated: OWN_PASSWORD };
    expect((await one.client.send('PUT', '/api/session/password', change)).status).toBe(204);
    one.password = OWN_PASSWORD;
    return this.back(one);
  }

  /** Signed in again, with a fresh code where there is a phone: hours have passed. */
  async back<T extends Person>(one: T): Promise<T> {
    await one.client.signIn(one.username, one.password);
    if (one.phone) await giveCode(one.client, one.phone);
    return one;
  }

  issue(by: Person, of: Person): Promise<Answer> {
    return by.client.post(`/api/accounts/${of.id}/enrolment-code`);
  }

  async codeFrom(by: Person, of: Person): Promise<string> {
    return json<{ code: string }>(await this.issue(by, of)).code;
  }

  async waitingFor(one: Person, asked: Person): Promise<Waiting[]> {
    const all = json<Waiting[]>(await asked.client.get('/api/waiting-periods'));
    return all.filter(({ accountId }) => accountId === one.id);
  }

  confirm(by: Person, waiting: Waiting | undefined): Promise<Answer> {
    return by.client.post(`/api/waiting-periods/${waiting?.id}/confirm`);
  }

  stop(by: Person, waiting: Waiting | undefined): Promise<Answer> {
    return by.client.post(`/api/waiting-periods/${waiting?.id}/stop`);
  }

  /** The answer to approving one more waiting script. */
  async approve(by: Person): Promise<Answer> {
    const { versionId } = await approvedClip(this.house, { state: 'submitted' });
    const path = `/api/approvals/${versionId}`;
    const { contentHash } = json<{ contentHash: string }>(await by.client.get(path));
    return by.client.post(`${path}/approve`, { contentHash, unheard: true });
  }

  private next(roles: Role[]) {
    const username = `dong.nghiep.${++this.names}`;
    const grants = roles.map((role) => ({ role }));
    return { username, account: { username, displayName: `Người ${this.names}`, password: PASSWORD, grants } };
  }
}
