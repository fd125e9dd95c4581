/** `node serve-patience.mjs FACTOR`: `loa serve`, but every wait for a client takes FACTOR of the time. */
import { createApp } from '../../dist/app.js';
import { SeedFiles } from '../../dist/channels/seed-files.js';
import { Config } from '../../dist/config/config.js';
import { patience, scaled } from '../../dist/http/limits/slow-clients.js';
import { JobRunner } from '../../dist/jobs/job-runner.js';

const config = new Config();
const app = await createApp(config, { http: { patience: scaled(patience, Number(process.argv[2])) } });
await app.get(SeedFiles).load();
await app.init();
await app.listen(config.port, config.host);
await app.get(JobRunner).start();
process.stderr.write(`Loa đang chạy tại ${await app.getUrl()}\n`);
