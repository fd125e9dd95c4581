import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { Client } from './client.js';
import { type House, PASSWORD } from './house.js';
import { enrolPhone, giveCode, type Phone } from './phone.js';

/** A person who signs in again and gives a code whenever it is needed, however much time has passed. */
export interface Colleague {
  id: string;
  client: Client;
  renew(): Promise<void>;
}

export async function openColleague(house: House, role: Role): Promise<Colleague> {
  const username = `${role}.may`;
  const account = { username, displayName: `Người ${role}`, password: PASSWORD, grants: [{ role }] };
  const id = await house.app.get(Accounts).create(systemActor('thử nghiệm'), account);
  const client = await new Client(house.url).signIn(username, PASSWORD);
  const phone: Phone = await enrolPhone(house, client);
  const renew = async () => {
    house.clock.advance(31_000);
    await client.signIn(username, PASSWORD);
    await giveCode(client, phone);
  };
  return { id, client, renew };
}
