import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '../../shared/clock.js';
import { newSecret } from '../../shared/ids.js';
import { Accounts, type NewGrant } from '../../people/accounts/accounts.service.js';
import { accountOf, type Actor, systemActor } from '../../people/access/actor.js';
import { codeAt } from '../../people/sign-in/one-time-code.js';
import { SecondPerson } from '../../people/sign-in/second-person.service.js';
import { SecondFactorService } from '../../people/sign-in/second-factor.service.js';

/** One person of each role; the operator's ward is the one that a first look opens. */
const people = [
  {
    username: 'demo.quantri',
    displayName: 'Phạm Thị Quản Trị (mô phỏng)',
    work: 'quản trị',
    grants: [{ role: 'admin' }],
  },
  {
    username: 'demo.bientap',
    displayName: 'Nguyễn Văn Biên (mô phỏng)',
    work: 'biên tập viên',
    grants: [{ role: 'editor' }],
  },
  {
    username: 'demo.lanhdao',
    displayName: 'Trần Thị Duyệt (mô phỏng)',
    work: 'lãnh đạo duyệt',
    grants: [{ role: 'approver' }],
  },
  {
    username: 'demo.trucdai',
    displayName: 'Lê Văn Trực (mô phỏng)',
    work: 'trực đài phường Bắc Hà',
    grants: [{ role: 'operator', unitCode: 'phuong-bac-ha' }],
  },
  {
    username: 'demo.fanpage',
    displayName: 'Hồ Thị Trang (mô phỏng)',
    work: 'quản trị fanpage',
    grants: [{ role: 'page-admin' }],
  },
  {
    username: 'demo.canbo',
    displayName: 'Võ Văn Cán (mô phỏng)',
    work: 'cán bộ văn hóa',
    grants: [{ role: 'official' }],
  },
] as const satisfies readonly { username: string; displayName: string; work: string; grants: NewGrant[] }[];

/** One sign-in, for its first printing. `phoneKey`: the key of the approver's simulated phone, in base32. */
export interface DemoSignIn {
  username: string;
  password: string;
  work: string;
  phoneKey?: string;
}

/** Six people; three of them make the data, because an author never approves. A later run makes nobody again. */
export async function demoPeople(
  app: INestApplicationContext,
  folder: string,
): Promise<{ editor: Actor; approver: Actor; pageAdmin: Actor }> {
  const accounts = app.get(Accounts);
  const made: DemoSignIn[] = [];
  for (const { username, displayName, work, grants } of people) {
    if (await accounts.byUsername(username)) continue;
    const password = newSecret(9);
    await accounts.create(systemActor('chạy thử'), { username, displayName, password, grants: [...grants] });
    made.push({ username, password, work });
  }
  if (made.length > 0) await keepSignIns(folder, made);
  return {
    editor: await actorOf(app, 'demo.bientap'),
    approver: await actorOf(app, 'demo.lanhdao'),
    pageAdmin: await actorOf(app, 'demo.fanpage'),
  };
}

async function actorOf(app: INestApplicationContext, username: string): Promise<Actor> {
  const accounts = app.get(Accounts);
  const account = await accounts.byUsername(username);
  const actor = account && (await accounts.actor(account.id));
  if (!actor) throw new Error(`the account ${username} has been disabled; enable it, or run loa demo --remove`);
  return actor;
}

/**
 * The approver with a simulated phone whose first code was entered just now, as approving requires. The key of the
 * phone is printed with the sign-ins.
 */
export async function withPhone(app: INestApplicationContext, approver: Actor, folder: string): Promise<Actor> {
  const secondFactor = app.get(SecondFactorService);
  if ((await secondFactor.missing(approver)) !== 'enrolment') {
    await secondFactor.reset(systemActor('chạy thử'), accountOf(approver));
  }
  const code = await app.get(SecondPerson).issueEnrolmentCode(systemActor('chạy thử'), accountOf(approver));
  const { secret } = await secondFactor.begin(approver, code);
  const now = app.get(Clock).now();
  await secondFactor.finish(approver, codeAt(secret, now));
  const signIns = await keptSignIns(folder);
  await keepSignIns(
    folder,
    signIns.map((one) => (one.username === 'demo.lanhdao' ? { ...one, phoneKey: secret } : one)),
  );
  return { ...approver, codeAt: now };
}

/** The sign-ins that were not shown yet; they are forgotten with this call. */
export async function takeSignIns(folder: string): Promise<DemoSignIn[]> {
  const signIns = await keptSignIns(folder);
  await rm(fileIn(folder), { force: true });
  return signIns;
}

const fileIn = (folder: string) => join(folder, 'sign-ins.json');

async function keptSignIns(folder: string): Promise<DemoSignIn[]> {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) as DemoSignIn[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function keepSignIns(folder: string, signIns: DemoSignIn[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify(signIns), { mode: 0o600 });
}
