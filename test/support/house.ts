import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { configureApp, httpAdapter } from '../../src/app.js';
import { Config } from '../../src/config/config.js';
import { Policies } from '../../src/channels/policies.service.js';
import { SeedFiles } from '../../src/channels/seed-files.js';
import { Database } from '../../src/database/database.js';
import { Job } from '../../src/jobs/job.entity.js';
import { JobRunner } from '../../src/jobs/job-runner.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { Passwords } from '../../src/people/accounts/passwords.js';
import type { Role } from '../../src/people/access/role.js';
import { FixedClock } from '../../src/shared/clock.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';
import { AuditWatch } from './audited.js';
import { sawAudited } from './audited-run.mjs';
import { Client } from './client.js';
import { AnswerWatch } from './described-answers.js';
import { furnish } from './house-template.js';
import { enrolPhone } from './phone.js';
import { testDatabase } from './test-database.js';

export const PASSWORD = 'mật khẩu dài của thử nghiệm';

/** The whole application on a real database and a real port, with a clock that the journey sets. */
export interface House {
  app: NestFastifyApplication;
  clock: FixedClock;
  url: string;
  /** Runs every job that is due. */
  drain(): Promise<void>;
  /** A new account with one role, signed in; an approver has given a code of his phone. */
  person(role: Role, unitCode?: string): Promise<Client>;
  /** A client without a session. */
  stranger(): Client;
  close(): Promise<void>;
  /** The routes that have changed something so far, and wrote to the audit. */
  watch: AuditWatch;
}

export interface HouseOptions {
  env?: Record<string, string>;
  /** Local time in Hà Tĩnh. */
  at?: { date: string; time: string };
  /** Folder for data and media, instead of a folder that is deleted on close. */
  dir?: string;
  /** Nobody has chosen a law yet. */
  lawless?: boolean;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'loa-house-'));
  const database = await testDatabase();
  const config = new Config({
    PATH: process.env['PATH'],
    LOA_DATA_DIR: join(dir, 'data'),
    LOA_MEDIA_DIR: join(dir, 'media'),
    LOA_DATABASE_URL: database.url,
    LOA_LOG_LEVEL: 'error',
    // Tests run on a disk with any amount of free space.
    LOA_RESERVE_MB: '0',
    ...options.env,
  });
  const clock = new FixedClock(instantOf(options.at?.date ?? '2026-11-24', options.at?.time ?? '08:00', VIETNAM));
  const giveUp = options.lawless ? undefined : await furnish(config, clock, (first) => startOnce(first, clock));
  const { app, watch, answers } = await opened(config, clock, !options.lawless).catch((error: unknown) => {
    giveUp?.();
    throw error;
  });
  const url = await app.getUrl();
  let people = 0;
  return {
    app,
    clock,
    url,
    drain: () => app.get(JobRunner).drain(),
    stranger: () => new Client(url),
    watch,
    person: async (role, unitCode) => {
      const username = `${role}.${++people}`;
      const account = { username, displayName: `Thử ${username}`, password: PASSWORD, grants: [{ role, unitCode }] };
      await app.get(Accounts).create(systemActor('thử nghiệm'), account);
      const client = await new Client(url).signIn(username, PASSWORD);
      if (role === 'approver') await enrolPhone({ app, clock }, client);
      return client;
    },
    close: async () => {
      await app.close();
      giveUp?.();
      await database.drop();
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
      // In every journey: a request's changes are in the audit.
      watch.requireAll();
      sawAudited(watch.audited);
      // And its answers are as its route describes them.
      answers.requireAll();
    },
  };
}

async function opened(
  config: Config,
  clock: FixedClock,
  hasLaw: boolean,
): Promise<Pick<House, 'app' | 'watch'> & { answers: AnswerWatch }> {
  const app = await applicationOf(config, clock);
  const watch = await AuditWatch.over(app);
  const answers = AnswerWatch.over(app);
  await app.listen(0, '127.0.0.1');
  // In a copy nothing is missing, but the presets are not in the tables.
  await app.get(SeedFiles).load();
  if (hasLaw) await chooseLaw(app);
  return { app, watch, answers };
}

async function applicationOf(config: Config, clock: FixedClock): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [AppModule.with(config, clock)] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(httpAdapter(config), { logger: ['error', 'fatal'] });
  await configureApp(app);
  app.get(Passwords).cost = { memoryKiB: 64, passes: 1 };
  return app;
}

/** An administrator has chosen the law of the city, as the first steps of an installation ask. */
async function chooseLaw(app: NestFastifyApplication): Promise<void> {
  const policies = app.get(Policies);
  if ((await policies.list()).length > 0) return;
  for (const kind of ['centre', 'ward', 'commune']) {
    await policies.adopt(systemActor('thử nghiệm'), kind, { preset: 'da-nang-2025' });
  }
  // Nothing is planned yet: a first drain of a journey must not plan anew in the name of this law.
  await app.get(Database).write((tx) => tx.delete(Job, { name: 'replan' }));
}

async function startOnce(config: Config, clock: FixedClock): Promise<void> {
  const app = await applicationOf(config, clock);
  await app.init();
  await app.get(SeedFiles).load();
  await chooseLaw(app);
  await app.close();
}
