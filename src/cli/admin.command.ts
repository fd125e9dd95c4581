import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { createApp } from '../app.js';
import { Config } from '../config/config.js';
import { cleanText } from '../shared/clean-text.js';
import { DomainError } from '../shared/domain-error.js';
import { Accounts } from '../people/accounts/accounts.service.js';
import { systemActor } from '../people/access/actor.js';
import { SecondPerson } from '../people/sign-in/second-person.service.js';
import { print, remark } from './output.js';

const terminal = systemActor('dòng lệnh');

export async function adminCreateCommand(options: { username: string; name: string }): Promise<void> {
  const password = await askPassword();
  await withApp(async (app) => {
    const account = {
      username: cleanText(options.username, 'username'),
      displayName: cleanText(options.name, 'name'),
      password,
      grants: [{ role: 'admin' as const }],
    };
    await app.get(Accounts).create(terminal, account);
    remark(`Đã tạo quản trị viên "${options.username}".`);
  });
}

/** A person at the server's terminal counts as the second person of an installation that has no other account yet. */
export async function adminCodeCommand({ username }: { username: string }): Promise<void> {
  await withApp(async (app) => {
    const code = await app.get(SecondPerson).issueEnrolmentCode(terminal, await idOf(app, username));
    await print(`${code}\n`);
    remark(`Mã cài đặt của "${username}": dùng một lần trong 24 giờ, nhập ở trang Bảo mật.`);
  });
}

export async function adminConfirmCommand({ username }: { username: string }): Promise<void> {
  await withApp(async (app) => {
    const count = await app.get(SecondPerson).confirmAll(terminal, await idOf(app, username));
    remark(count > 0 ? `Đã xác nhận ${count} việc với "${username}".` : `Không có gì chờ xác nhận với "${username}".`);
  });
}

async function idOf(app: INestApplicationContext, username: string): Promise<string> {
  const account = await app.get(Accounts).byUsername(username);
  if (account) return account.id;
  const sentence = { vi: `Không có tài khoản "${username}".`, en: `There is no account "${username}".` };
  throw new DomainError('not-found', 'not-found', sentence);
}

async function withApp(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const app = await createApp(new Config(), { quiet: true });
  try {
    await app.init();
    await work(app);
  } finally {
    await app.close();
  }
}

/** One line of standard input; input on a terminal is not echoed. */
async function askPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Mật khẩu (từ 12 ký tự): ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
}
