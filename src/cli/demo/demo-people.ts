import type { INestApplicationContext } from '@nestjs/common';
import { newSecret } from '../../shared/ids.js';
import { Accounts } from '../../people/accounts.service.js';
import { type Actor, systemActor } from '../../people/actor.js';
import type { Role } from '../../people/role.js';

/**
 * Two people, because an author never approves. Their passwords are random and told to nobody: nobody
 * signs in as them; an administrator makes real accounts.
 */
export async function demoPeople(app: INestApplicationContext): Promise<{ editor: Actor; approver: Actor }> {
  const editor = await person(app, 'demo.bientap', 'Biên tập viên (mô phỏng)', 'editor');
  const approver = await person(app, 'demo.lanhdao', 'Lãnh đạo duyệt (mô phỏng)', 'approver');
  return { editor, approver };
}

async function person(app: INestApplicationContext, username: string, displayName: string, role: Role): Promise<Actor> {
  const accounts = app.get(Accounts);
  const old = await accounts.byUsername(username);
  const account = { username, displayName, password: newSecret(), grants: [{ role }] };
  const id = old?.id ?? (await accounts.create(systemActor('chạy thử'), account));
  const actor = await accounts.actor(id);
  if (!actor) throw new Error(`the account ${username} has been disabled; enable it or use another data folder`);
  return actor;
}
