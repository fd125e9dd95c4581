import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, listenOn } from '../app.js';
import { SeedFiles } from '../channels/seed-files.js';
import { Config } from '../config/config.js';
import { proxyAdvice } from '../config/proxy-advice.js';
import { markSetUp, refuseLostDatabase } from '../database/engines/lost-database.js';
import { Database } from '../database/database.js';
import { ServingLock } from '../database/engines/serving-lock.js';
import { claimServing } from '../database/engines/single-instance-lock.js';
import { asStorageError } from '../database/disk/storage-fault.js';
import { upgradeTables } from '../database/engines/upgrade-tables.js';
import { HouseCopy, passiveSentences } from '../jobs/house-copy.service.js';
import { JobRunner } from '../jobs/job-runner.js';
import { SetupSecrets } from '../people/sign-in/setup-secrets.service.js';
import { settleAddress } from '../playlists/house-address.js';
import { DomainError } from '../shared/domain-error.js';
import { demoCommand } from './demo.command.js';
import { demoConfig, DemoServing, signInsOnce } from './demo/demo-serving.js';
import { exitCodeOf, sayError } from './errors.js';
import { sayUpgraded } from './migrate.command.js';
import { remark } from './output.js';

/** How long a failed start waits for the work that it had begun. */
const GIVE_UP_MS = 5_000;

/** Runs until SIGINT or SIGTERM; running jobs are stopped and resume after the next start. */
export async function serveCommand(options: { demo?: boolean } = {}): Promise<void> {
  const config = options.demo ? await demoConfig() : new Config();
  if (options.demo && !existsSync(config.dataDir)) await demoCommand({});
  // Claimed before anything is opened or migrated. The exit handler holds the lock, since the garbage collector closes
  // an unreferenced file.
  process.once('exit', claimServing(config));
  let app: NestFastifyApplication | undefined;
  try {
    await refuseLostDatabase(config, 'to-serve');
    await sayUpgraded(upgradeTables(config, { isServing: true }));
    app = await createApp(config);
    await start(app, config, options.demo ? new DemoServing(app) : undefined);
  } catch (error) {
    // Timers and connections would keep a half-started server alive that runs jobs and answers no request.
    sayError(asStorageError(error));
    await Promise.race([app?.close(), pause(GIVE_UP_MS)]).catch(() => undefined);
    process.exit(exitCodeOf(asStorageError(error)));
  }
}

async function start(app: NestFastifyApplication, config: Config, demo?: DemoServing): Promise<void> {
  await app.get(SeedFiles).load();
  await markSetUp(config);
  // The modules define their jobs when they are initialised; before that, no waiting job would have a handler.
  await app.init();
  const database = app.get(Database);
  await new ServingLock(config).start((others) => settleAddress(database, config, others));
  await app.get(HouseCopy).begin();
  await listen(app, config);
  // Started last: a server that cannot be reached must not run jobs either.
  await app.get(JobRunner).start();
  const here = (await app.getUrl()).replace('[::1]', 'localhost');
  const url = config.publicUrl ?? here;
  remark(`Loa đang chạy tại ${here}${url === here ? '' : ` (địa chỉ chung: ${url})`}`);
  if (demo) {
    await demo.start(here, config);
    return remark(await signInsOnce(config, here));
  }
  const passive = app.get(HouseCopy).passive;
  if (passive)
    remark(`Chú ý: ${passiveSentences[passive].vi} Kích hoạt bằng lệnh: loa activate, hoặc ở ${url}/cai-dat.`);
  const advice = proxyAdvice(config);
  if (advice) remark(`Chú ý: ${advice.vi}`);
  const secret = await app.get(SetupSecrets).issue();
  if (secret) {
    remark(
      `Chưa có quản trị viên. Mở ${url}/thiet-lap và nhập mã này (dùng một lần, trong 60 phút):\n\n    ${secret}\n`,
    );
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    await listenOn(app, port, host);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause;
    throw new DomainError(
      'conflict',
      code === 'EACCES' ? 'port-not-allowed' : 'port-in-use',
      {
        vi: `Không mở được cổng ${port} tại ${host}: cổng đang được chương trình khác dùng hoặc không được phép. Hãy dừng chương trình đó, hoặc đặt LOA_PORT là cổng khác.`,
        en: `Port ${port} on ${host} cannot be opened: another program uses it, or it is not allowed. Stop that program, or set LOA_PORT to another port.`,
      },
      { host, port },
      { cause },
    );
  }
}
