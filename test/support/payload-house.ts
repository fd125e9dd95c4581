import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { systemActor } from '../../src/people/access/actor.js';
import { roles } from '../../src/people/access/role.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { Posts } from '../../src/posts/posts.service.js';
import { Reconciliation } from '../../src/proof/reconciliation.service.js';
import { Stations } from '../../src/stations/stations.service.js';
import { isClean } from '../../src/shared/clean-text.js';
import { type ApprovedClip, approvedClip } from './approved-clip.js';
import { Client } from './client.js';
import { type House, openHouse, PASSWORD } from './house.js';
import { payloads } from './payloads.js';
import { FormsOfPayloads } from './payload-forms.js';
import { enrolPhone, giveCode, type Phone } from './phone.js';

export const BAC_HA = 'truyen-thanh-phuong-bac-ha';
const NIGHT = 24 * 3_600_000;

/** An installation in which every text field contains payloads that have been used against web pages. */
export interface PayloadHouse {
  house: House;
  /** A person with every role, whose name is a payload too. */
  everything: Client;
  username: string;
  /** The phone that approving requires. */
  phone: Phone;
  /** The number of accepted payloads for each kind of field. */
  taken: ReadonlyMap<string, number>;
}

/**
 * Stores the payloads as people would: through services and forms, and as rows where there is neither. A day passes.
 */
export async function openPayloadHouse(): Promise<PayloadHouse> {
  const house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
  const system = systemActor('thử nghiệm');
  const accounts = house.app.get(Accounts);
  const username = 'moi.viec';
  const grants = roles.map((role) => ({ role, unitCode: role === 'operator' ? 'phuong-bac-ha' : undefined }));
  await accounts.create(system, { username, displayName: payloads[30] ?? '', password: PASSWORD, grants });
  const everything = await new Client(house.url).signIn(username, PASSWORD);
  const phone = await enrolPhone(house, everything);
  const forms = new FormsOfPayloads(house, everything);

  await namesOfPlaces(house);
  await forms.rules();
  let first: ApprovedClip | undefined;
  for (const [n, payload] of payloads.entries()) {
    // Texts with invisible characters, as older versions stored them, are not approved.
    const state = n % 3 === 0 || !isClean(payload) ? ('submitted' as const) : ('approved' as const);
    const clip = await approvedClip(house, { title: payload, state });
    first ??= clip;
    await forms.facts(clip.campaignId, payload);
    await accounts.create(system, { username: `ai.${n}`, displayName: payload, password: PASSWORD, grants: [] });
    await house.app.get(Stations).enrol(system, { channelCode: BAC_HA, name: payload });
    if (state === 'submitted') {
      if (n % 2) await forms.comment(clip.versionId, payload);
      continue;
    }
    const text = await approvedClip(house, { channelKind: 'fanpage', seconds: 1, of: clip, title: payload });
    const post = await house.app.get(Posts).schedule(system, {
      campaignId: text.campaignId,
      versionId: text.versionId,
      channelCode: 'fanpage-thanh-pho',
      dueAt: house.clock.now() + 3_600_000,
    });
    await forms.post(post, payload, n);
    if (n % 10 === 1) await plan(house, everything, clip);
  }
  if (!first) throw new Error('there are no payloads');
  await forms.desk(first);
  await forms.scheduleByHand(first);
  const nextDay = async () => {
    house.clock.advance(NIGHT);
    await everything.signIn(username, PASSWORD);
    await giveCode(everything, phone);
  };
  await nextDay();
  await forms.ticks();
  // An operator confirmation is final once the devices of the channel have had a day to report.
  await nextDay();
  await house.app.get(Reconciliation).reconcile();
  await house.drain();
  await forms.secondChances();
  return { house, everything, username, phone, taken: forms.taken };
}

/** Channels have no form: their names are rows. Those of the units appear on everybody's screens. */
async function namesOfPlaces(house: House): Promise<void> {
  const database = house.app.get(Database);
  const channels = await database.read().find(Channel, { order: { code: 'ASC' } });
  await database.write(async (tx) => {
    for (const [n, { code }] of channels.entries()) {
      if (code !== BAC_HA) await tx.update(Channel, { code }, { name: payloads[n % payloads.length] });
    }
    await tx.update(Unit, { code: 'phuong-nam-ha' }, { name: payloads[3], shortName: payloads[32] });
    await tx.update(Unit, { code: 'xa-thach-ha' }, { name: payloads[22], shortName: payloads[36] });
  });
}

async function plan(house: House, everything: Client, clip: ApprovedClip): Promise<void> {
  const channels = await house.app
    .get(Database)
    .read()
    .find(Channel, { where: { code: BAC_HA } });
  const demand = { channelIds: channels.map(({ id }) => id), clipId: clip.clipId };
  const demands = [{ ...demand, obligationId: clip.obligationId, minPlaysPerDay: 2, maxPlaysPerDay: 2 }];
  const answer = await everything.post(`/api/campaigns/${clip.campaignId}/plan`, {
    demands,
    from: '2026-11-24',
    until: '2026-11-25',
  });
  if (answer.status !== 200) throw new Error(`plan: ${answer.status} ${answer.text}`);
}
