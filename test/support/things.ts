import { newId } from '../../src/shared/ids.js';
import { Campaign } from '../../src/campaigns/campaign.entity.js';
import { Channels } from '../../src/channels/channels.service.js';
import { Database } from '../../src/database/database.js';
import { Directive } from '../../src/directives/directive.entity.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { Account } from '../../src/people/accounts/account.entity.js';
import { systemActor } from '../../src/people/access/actor.js';
import type { Named } from './route-table.js';
import { WaitingPeriod } from '../../src/people/accounts/waiting-period.entity.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { PostImages } from '../../src/posts/images/post-images.service.js';
import { Posts } from '../../src/posts/posts.service.js';
import { Schedule } from '../../src/schedule/schedule.service.js';
import { MakeGood } from '../../src/schedule/changes/make-good.entity.js';
import { PlanChange } from '../../src/schedule/plans/plan-change.entity.js';
import { difference } from '../../src/schedule/slots/slot-difference.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { WardDecision } from '../../src/schedule/placing/ward-decision.entity.js';
import { Script } from '../../src/scripts/script.entity.js';
import { Lexicons } from '../../src/speech/lexicon/lexicons.service.js';
import { Stations } from '../../src/stations/stations.service.js';
import { approvedClip, someone } from './approved-clip.js';
import { type House, PASSWORD } from './house.js';

/** Contained in the texts of everything that belongs to the ward, and must never be read in another. */
export const MARK = 'Riêng của Bắc Hà 7391';
export const WARD = 'phuong-bac-ha';
export const WARD_CHANNEL = 'truyen-thanh-phuong-bac-ha';
const DAY = '2026-11-25';
/** A picture of one dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export interface Things {
  /** One of everything that an address can name; those of a ward are of ward A. */
  there: Record<Named, string>;
  /** Ids of things that do not exist. */
  missing: Record<Named, string>;
  /** Ids and names that only ward A may see. */
  private: string[];
  token: string;
  revokedToken: string;
}

/** One of everything: a ward's own script, approved and planned on its loudspeakers, its station, a post, people. */
export async function oneOfEverything(house: House): Promise<Things> {
  const database = house.app.get(Database);
  const system = systemActor('thử nghiệm');
  const editor = await someone(house, 'editor');
  const clip = await approvedClip(house, { title: MARK });
  const unit = await database.read().findOneByOrFail(Unit, { code: WARD });
  await database.write(async (tx) => {
    await tx.update(Script, { id: clip.scriptId }, { unitId: unit.id });
    // The letter and the campaign are the city's.
    await tx.update(Directive, { id: clip.directiveId }, { subject: 'Chung của thành phố' });
    await tx.update(Campaign, { id: clip.campaignId }, { name: 'Đợt chung' });
  });
  const channel = (await house.app.get(Channels).list()).find(({ code }) => code === WARD_CHANNEL);
  if (!channel) throw new Error(WARD_CHANNEL);
  const demand = { channelIds: [channel.id], clipId: clip.clipId, minPlaysPerDay: 2, obligationId: clip.obligationId };
  await house.app.get(Schedule).planCampaign(editor, {
    campaignId: clip.campaignId,
    demands: [{ ...demand, maxPlaysPerDay: 2 }],
    from: DAY,
    until: DAY,
  });
  const slots = await database.read().find(Slot, { where: { channelId: channel.id }, order: { startsAt: 'ASC' } });
  const [slot] = slots;
  if (!slot) throw new Error('nothing was planned');
  const stations = house.app.get(Stations);
  const station = await stations.enrol(system, { channelCode: WARD_CHANNEL, name: `Trạm ${MARK}` });
  const gone = await stations.enrol(system, { channelCode: WARD_CHANNEL, name: `Trạm cũ ${MARK}` });
  await stations.revoke(system, gone.id);
  const text = await approvedClip(house, { channelKind: 'fanpage', seconds: 1, of: clip, title: 'Bài đăng' });
  const post = await house.app.get(Posts).schedule(system, {
    campaignId: text.campaignId,
    versionId: text.versionId,
    channelCode: 'fanpage-thanh-pho',
    dueAt: house.clock.now() + 3_600_000,
  });
  await house.app.get(PostImages).put(system, post, DOT, 'Một điểm ảnh');
  const follow = await rowsOfTheSchedule(database, channel.id, slots);
  const entry = { written: MARK, spoken: 'riêng của Bắc Hà', matchCase: 'exact' as const, before: [], after: [] };
  const { id: lexiconEntry } = await house.app.get(Lexicons).add(editor, unit.id, entry);
  const none = newId(0);
  const account = await database.read().findOneByOrFail(Account, { id: editor.accountId ?? '' });
  return {
    there: {
      account: account.id,
      asset: 'khong-co.css',
      campaign: clip.campaignId,
      channel: WARD_CHANNEL,
      clip: clip.clipId,
      'clip-file': `${clip.sha256}.mp3`,
      day: DAY,
      decision: none,
      directive: clip.directiveId,
      'lexicon-entry': lexiconEntry,
      obligation: clip.obligationId,
      holiday: none,
      'make-good': follow.makeGood,
      'plan-change': follow.planChange,
      playlist: `${DAY}.json`,
      policy: none,
      post,
      script: clip.scriptId,
      slot: slot.id,
      station: station.id,
      template: 'general.loudspeaker',
      'unit-kind': 'ward',
      version: clip.versionId,
      'waiting-period': await waitingPeriod(house),
      ward: WARD,
      'ward-decision': follow.wardDecision,
      website: WARD,
      window: slot.windowId ?? '',
    },
    missing: {
      account: none,
      asset: 'cung-khong-co.css',
      campaign: none,
      channel: 'truyen-thanh-phuong-khong-co',
      clip: none,
      'clip-file': `${'0'.repeat(64)}.mp3`,
      day: DAY,
      decision: none,
      directive: none,
      'lexicon-entry': none,
      obligation: none,
      holiday: none,
      'make-good': none,
      'plan-change': none,
      playlist: `${DAY}.json`,
      policy: none,
      post: none,
      script: none,
      slot: none,
      station: none,
      template: 'khong.co',
      'unit-kind': 'khong-co',
      version: none,
      'waiting-period': none,
      ward: 'phuong-khong-co',
      'ward-decision': none,
      website: 'phuong-khong-co',
      window: none,
    },
    private: [
      MARK,
      follow.makeGood,
      follow.wardDecision,
      clip.scriptId,
      clip.versionId,
      clip.clipId,
      clip.sha256,
      station.id,
      ...slots.map(({ id }) => id),
    ],
    token: station.token,
    revokedToken: gone.token,
  };
}

/** An approver whom an administrator has just created. */
async function waitingPeriod(house: House): Promise<string> {
  const admin = await someone(house, 'admin');
  const account = { username: 'vua.tao', displayName: 'Vừa Tạo', password: PASSWORD };
  const accountId = await house.app.get(Accounts).create(admin, { ...account, grants: [{ role: 'approver' }] });
  return (await house.app.get(Database).read().findOneByOrFail(WaitingPeriod, { accountId })).id;
}

/** A make-good that waits, an open ward decision, and a changed plan. */
async function rowsOfTheSchedule(database: Database, channelId: string, slots: readonly Slot[]) {
  const ids = { makeGood: newId(1), planChange: newId(1), wardDecision: newId(1) };
  const at = slots[0]?.startsAt ?? 0;
  const undecided = { reason: null, decidedAt: null, decidedBy: null };
  await database.write(async (tx) => {
    const place = { windowId: null, date: null, startsAt: null, endsAt: null, makeGoodSlotId: null };
    await tx.insert(MakeGood, {
      id: ids.makeGood,
      slotId: slots.at(-1)?.id ?? '',
      channelId,
      state: 'proposed',
      ...place,
      createdAt: at,
      ...undecided,
    });
    const content = { kind: 'clip' as const, clipId: slots[0]?.clipId ?? '' };
    const request = { channelCode: WARD_CHANNEL, startsAt: at, content };
    await tx.insert(WardDecision, {
      id: ids.wardDecision,
      channelId,
      state: 'open',
      placement: { request, accountId: null, newcomer: 'centre' },
      title: 'Tin của trung tâm',
      meets: [],
      startsAt: at,
      deadline: at,
      standing: 'centre',
      outcome: null,
      slotId: null,
      createdAt: at,
      askedBy: null,
      ...undecided,
    });
    const nothing = difference({ added: [], removed: [], moved: [], shortfalls: [] });
    const counts = { added: 0, removed: 0, moved: 0, shortfalls: 0 };
    const seen = { seenAt: null, seenBy: null };
    const change = { id: ids.planChange, at, cause: 'by-hand' as const, sentence: 'Xếp lại.', campaignId: null };
    await tx.insert(PlanChange, { ...change, ...counts, difference: nothing as object, ...seen });
  });
  return ids;
}
