import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { createApp } from '../app.js';
import { Config } from '../config/config.js';
import { Accounts } from '../people/accounts.service.js';
import { systemActor } from '../people/actor.js';
import { remark } from './output.js';

export async function adminCreateCommand(options: { username: string; name: string }): Promise<void> {
  const password = await askPassword();
  const app = await createApp(new Config(), { quiet: true });
  try {
    await app.init();
    const account = {
      username: options.username,
      displayName: options.name,
      password,
      grants: [{ role: 'admin' as const }],
    };
    await app.get(Accounts).create(systemActor('dòng lệnh'), account);
    remark(`Đã tạo quản trị viên "${options.username}".`);
  } finally {
    await app.close();
  }
}

/** One line of standard input; what is typed on a terminal is not shown. */
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
