/**
 * The built program with a clock that the parent moves: `{ moveTo: ms }` is answered `{ moved: ms }`. A browser journey
 * passes two days in a few minutes. Sends the parent `{ url }` when it listens; the first administrator is created from
 * `{ admin }`.
 */
import { createApp } from '../../dist/app.js';
import { SeedFiles } from '../../dist/channels/seed-files.js';
import { Config } from '../../dist/config/config.js';
import { JobRunner } from '../../dist/jobs/job-runner.js';
import { Accounts } from '../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../dist/people/access/actor.js';
import { ShiftedClock } from '../../dist/shared/clock.js';

const clock = new ShiftedClock();
const config = new Config();
const told = new Promise((resolve) => process.once('message', resolve));
process.send('ready');
const first = await told;
clock.moveTo(first.moveTo);
const app = await createApp(config, { clock });
await app.get(SeedFiles).load();
await app.init();
const { username, name: displayName, password } = first.admin;
await app
  .get(Accounts)
  .create(systemActor('buổi thử'), { username, displayName, password, grants: [{ role: 'admin' }] });
await app.get(JobRunner).start();
await app.listen(config.port, config.host);
process.on('message', ({ moveTo }) => {
  clock.moveTo(moveTo);
  process.send({ moved: moveTo });
});
process.send({ url: await app.getUrl() });
