import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { newSecret } from '../../shared/ids.js';
import { Accounts } from '../../people/accounts/accounts.service.js';
import { accountOf, type Actor, systemActor } from '../../people/access/actor.js';
import { codeAt } from '../../people/sign-in/one-time-code.js';
import { SecondPerson } from '../../people/sign-in/second-person.service.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';
import type { Role } from '../../people/access/role.js';

/**
 * Two accounts, because an author never approves. Their passwords are random and neither stored nor shown: nobody signs
 * in with them; an administrator creates real accounts.
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

/**
 * The approver with a simulated phone whose first code was entered just now, as approving requires. The phone exists
 * only in this process; a later run enrols a new one.
 */
export async function withPhone(app: INestApplicationContext, approver: Actor): Promise<Actor> {
  const secondFactor = app.get(SecondFactorService);
  if ((await secondFactor.missing(approver)) !== 'enrolment') {
    await secondFactor.reset(systemActor('chạy thử'), accountOf(approver));
  }
  const code = await app.get(SecondPerson).issueEnrolmentCode(systemActor('chạy thử'), accountOf(approver));
  const { secret } = await secondFactor.begin(approver, code);
  const now = app.get(Clock).now();
  await secondFactor.finish(approver, codeAt(secret, now));
  return { ...approver, codeAt: now };
}
