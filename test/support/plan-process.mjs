/**
 * A second planner: the built application in a process of its own, on the database of the caller. Sends `ready`, and on
 * the message `go` plans the JSON in argv (`accountId`, `now` and a plan request). Answers with the placed slots.
 */
import { createApp } from '../../dist/app.js';
import { Config } from '../../dist/config/config.js';
import { Accounts } from '../../dist/people/accounts/accounts.service.js';
import { Schedule } from '../../dist/schedule/schedule.service.js';
import { FixedClock } from '../../dist/shared/clock.js';

const { accountId, now, ...request } = JSON.parse(process.argv[2]);
const app = await createApp(new Config(), { clock: new FixedClock(now), quiet: true });
await app.init();
const actor = await app.get(Accounts).actor(accountId);
process.on('message', (word) => {
  if (word === 'go') void planNow();
});
process.send('ready');

async function planNow() {
  try {
    const { placed, kept, shortfalls } = await app.get(Schedule).planCampaign(actor, request);
    process.send({ keys: placed.map(({ key }) => key), kept, shortfalls: shortfalls.length });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
  await app.close();
  process.disconnect();
}
