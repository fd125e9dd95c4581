import { createApp } from '../app.js';
import { SeedFiles } from '../channels/seed-files.js';
import { Config } from '../config/config.js';
import { proxyAdvice } from '../config/proxy-advice.js';
import { claimServing } from '../database/sole-server.js';
import { JobRunner } from '../jobs/job-runner.js';
import { SetupSecrets } from '../people/setup-secrets.service.js';
import { remark } from './output.js';

/** Runs until SIGINT or SIGTERM; jobs that run are stopped and go on after the next start. */
export async function serveCommand(): Promise<void> {
  const config = new Config();
  // Before anything is opened or migrated. What is held by nobody is closed by the garbage collector, so the exit holds it.
  process.once('exit', claimServing(config));
  const app = await createApp(config);
  await app.get(SeedFiles).load();
  // The rooms define what they can do when they are initialised; before that every waiting job would seem to be nobody's.
  await app.init();
  await app.get(JobRunner).start();
  await app.listen(config.port, config.host);
  const url = config.publicUrl ?? (await app.getUrl()).replace('[::1]', 'localhost');
  remark(`Loa đang chạy tại ${url}`);
  const advice = proxyAdvice(config);
  if (advice) remark(`Chú ý: ${advice.vi}`);
  const secret = await app.get(SetupSecrets).issue();
  if (secret) {
    remark(
      `Chưa có quản trị viên. Mở ${url}/thiet-lap và nhập mã này (dùng một lần, trong 60 phút):\n\n    ${secret}\n`,
    );
  }
}
