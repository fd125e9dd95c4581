import { codeAt } from '../../src/people/sign-in/one-time-code.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { accountOf, type Actor, systemActor } from '../../src/people/access/actor.js';
import { SecondPerson } from '../../src/people/sign-in/second-person.service.js';
import { SecondFactorService } from '../../src/people/sign-in/second-factor.service.js';
import { Clock } from '../../src/shared/clock.js';
import { Client, json } from './client.js';
import { type House, PASSWORD } from './house.js';

const STEP_MS = 30_000;

/** A phone that makes codes; none twice, as its owner would wait for the next. */
export class Phone {
  private lastStep = 0;

  constructor(
    readonly secret: string,
    private readonly now: () => number,
  ) {}

  code(): string {
    this.lastStep = Math.max(this.lastStep + 1, Math.floor(this.now() / STEP_MS));
    return codeAt(this.secret, this.lastStep * STEP_MS);
  }
}

/** Sets up codes for the signed-in person, with a code that the server's terminal issues, and gives the first. */
export async function enrolPhone(house: Pick<House, 'app' | 'clock'>, client: Client): Promise<Phone> {
  const { id } = json<{ id: string }>(await client.get('/api/session'));
  return enrolPhoneWith(client, await enrolmentCode(house, id), () => house.clock.now());
}

/** The same with a code that another person has issued: approving is possible for ten minutes. */
export async function enrolPhoneWith(client: Client, enrolmentCode: string, now: () => number): Promise<Phone> {
  client.csrfToken = json<{ csrfToken: string }>(await client.get('/api/session')).csrfToken;
  const begun = await client.post('/api/session/second-factor', { enrolmentCode });
  if (begun.status !== 201) throw new Error(`enrolment: ${begun.status} ${begun.text}`);
  const phone = new Phone(json<{ secret: string }>(begun).secret, now);
  const done = await client.post('/api/session/second-factor/finish', { code: phone.code() });
  if (done.status !== 200) throw new Error(`enrolment: ${done.status} ${done.text}`);
  return phone;
}

/** As `loa admin code` issues it. */
export function enrolmentCode({ app }: Pick<House, 'app'>, accountId: string): Promise<string> {
  return app.get(SecondPerson).issueEnrolmentCode(systemActor('dòng lệnh'), accountId);
}

/** Gives a code of the phone once more, after a new sign-in or when the last is older than ten minutes. */
export async function giveCode(client: Client, phone: Phone): Promise<void> {
  client.csrfToken = json<{ csrfToken: string }>(await client.get('/api/session')).csrfToken;
  const answer = await client.post('/api/session/code', { code: phone.code() });
  if (answer.status !== 200) throw new Error(`code: ${answer.status} ${answer.text}`);
}

/** The same for calling services without HTTP: the actor after giving his first code. */
export async function withPhone(house: House, actor: Actor): Promise<Actor> {
  const secondFactor = house.app.get(SecondFactorService);
  const now = house.app.get(Clock).now();
  const { secret } = await secondFactor.begin(actor, await enrolmentCode(house, accountOf(actor)));
  await secondFactor.finish(actor, codeAt(secret, now));
  return { ...actor, codeAt: now };
}

/** One person with both roles, signed in, a code just given. */
export async function editorAndApprover(house: House): Promise<Client> {
  const username = `hai.vai.${++hats}`;
  const grants = [{ role: 'editor' as const }, { role: 'approver' as const }];
  const account = { username, displayName: `Người soạn và duyệt ${hats}`, password: PASSWORD, grants };
  await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
  const client = await new Client(house.url).signIn(username, PASSWORD);
  await enrolPhone(house, client);
  return client;
}
let hats = 0;
