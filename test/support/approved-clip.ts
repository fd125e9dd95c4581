import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { Approvals } from '../../src/approvals/approvals.service.js';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import type { BulletinClass } from '../../src/campaigns/bulletin-class.js';
import { Campaign } from '../../src/campaigns/campaign.entity.js';
import { Config } from '../../src/config/config.js';
import { Database } from '../../src/database/database.js';
import { Directive } from '../../src/directives/directive.entity.js';
import { Obligation } from '../../src/directives/obligation.entity.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { type Actor, systemActor } from '../../src/people/access/actor.js';
import type { Role } from '../../src/people/access/role.js';
import { Unit } from '../../src/people/units/unit.entity.js';
import { Script } from '../../src/scripts/script.entity.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import type { ChannelKind } from '../../src/shared/channel-kind.js';
import { newId, sha256 } from '../../src/shared/ids.js';
import { addDays, localDateOf, VIETNAM } from '../../src/shared/local-time.js';
import { type House, PASSWORD } from './house.js';
import { withPhone } from './phone.js';
import { silentMp3 } from './silent-mp3.js';

export interface ApprovedClip {
  directiveId: string;
  campaignId: string;
  scriptId: string;
  versionId: string;
  clipId: string;
  /** Demands 3–5 plays a day of `channelKind`, from today for 30 days. */
  obligationId: string;
  sha256: string;
  durationMs: number;
}

export interface ApprovedClipOptions {
  /** Default `ward-loudspeaker`. */
  channelKind?: ChannelKind;
  /** Length of the sound, default 30. */
  seconds?: number;
  title?: string;
  /** Another script of that letter and campaign, instead of a letter of its own. */
  of?: ApprovedClip;
  /** Bulletin class of the campaign; default `normal`. */
  bulletinClass?: BulletinClass;
  /** The ward that owns the script. */
  unit?: string;
  /** `submitted` leaves out the approval. Default `approved`. */
  state?: 'submitted' | 'approved';
}

const profiles: Record<ChannelKind, string> = {
  'city-loudspeaker': 'fm',
  'ward-loudspeaker': 'horn',
  fanpage: 'web',
  website: 'web',
  leaflet: 'none',
};

/**
 * A letter with everything up to an approved clip whose file is in the media folder: the start of scheduling, posting
 * and playing. The rows before the approval are written directly; the approval is a real one.
 */
export async function approvedClip(house: House, options: ApprovedClipOptions = {}): Promise<ApprovedClip> {
  const { channelKind = 'ward-loudspeaker', seconds = 30, title = 'Bài tuyên truyền thử' } = options;
  const now = house.clock.now();
  const mark = randomBytes(4).toString('hex');
  const author = await someone(house, 'editor', mark);
  const approver = await someone(house, 'approver', mark);
  const { bytes, durationMs } = silentMp3(seconds, `${title} ${mark}`);
  const hash = sha256(bytes);
  const file = join(house.app.get(Config).mediaDir, 'clips', hash.slice(0, 2), `${hash}.mp3`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  const bulletinClass = options.bulletinClass ?? 'normal';
  const unit = options.unit && (await house.app.get(Database).read().findOneByOrFail(Unit, { code: options.unit }));
  const from = localDateOf(now, VIETNAM);
  const until = addDays(from, 30);
  const id = () => newId(now);
  const { directiveId, obligationId, campaignId } = options.of ?? {
    directiveId: id(),
    obligationId: id(),
    campaignId: id(),
  };
  const [scriptId, versionId, clipId] = [id(), id(), id()];
  const body = `${title}. Đề nghị bà con thực hiện.`;
  const spoken = body;
  await house.app.get(Database).write(async (tx) => {
    if (!options.of)
      await insertLetter(tx, {
        directiveId,
        obligationId,
        campaignId,
        channelKind,
        title,
        body,
        from,
        until,
        now,
        mark,
        author,
        bulletinClass,
      });
    const created = { createdAt: now, createdBy: author.accountId };
    await tx.insert(Script, {
      id: scriptId,
      campaignId,
      templateCode: null,
      channelKind,
      unitId: unit ? unit.id : null,
      title,
      ...created,
    });
    await tx.insert(ScriptVersion, {
      id: versionId,
      scriptId,
      n: 1,
      title,
      body,
      variables: {},
      textHash: sha256(body),
      state: 'submitted',
      authorId: author.accountId,
      createdAt: now,
      submittedAt: now,
    });
    await tx.insert(Clip, {
      id: clipId,
      scriptVersionId: versionId,
      profile: profiles[channelKind],
      spoken,
      spokenHash: sha256(spoken),
      inputsHash: sha256(`${spoken} ${mark}`),
      state: 'ready',
      sha256: hash,
      bytes: bytes.length,
      durationMs,
      integratedLufs: -16,
      truePeakDbtp: -1.5,
      engine: 'test',
      sentences: [],
      peaks: [],
      reason: null,
      createdAt: now,
      readyAt: now,
    });
  });
  if (options.state !== 'submitted') {
    const approvals = house.app.get(Approvals);
    const seen = await approvals.content(house.app.get(Database).read(), versionId);
    await approvals.approve(await withPhone(house, approver), versionId, seen.hash, { unheard: true });
  }
  return { directiveId, campaignId, scriptId, versionId, clipId, obligationId, sha256: hash, durationMs };
}

interface Letter {
  directiveId: string;
  obligationId: string;
  campaignId: string;
  channelKind: ChannelKind;
  title: string;
  body: string;
  from: string;
  until: string;
  now: number;
  mark: string;
  author: Actor;
  bulletinClass: BulletinClass;
}

async function insertLetter(tx: EntityManager, letter: Letter): Promise<void> {
  const { directiveId, obligationId, campaignId, channelKind, title, body, from, until, now, mark, author } = letter;
  await tx.insert(Directive, {
    id: directiveId,
    number: `${mark}/UBND-VHTT`,
    issuedOn: from,
    place: 'Hà Tĩnh',
    issuer: 'Ủy ban nhân dân thành phố Hà Tĩnh',
    subject: title,
    urgency: null,
    references: [],
    assignments: [],
    recipients: [],
    to: [],
    missing: [],
    body,
    bodyHash: sha256(body),
    search: mark,
    registeredAt: now,
    registeredBy: author.accountId,
  });
  await tx.insert(Obligation, {
    id: obligationId,
    directiveId,
    assignment: 1,
    channelKind,
    addressees: [],
    minPlaysPerDay: 3,
    maxPlaysPerDay: 5,
    from,
    until,
    reportDue: null,
  });
  await tx.insert(Campaign, {
    id: campaignId,
    directiveId,
    name: `Đợt ${title}`,
    bulletinClass: letter.bulletinClass,
    from,
    until,
    state: 'open',
    createdAt: now,
    createdBy: author.accountId,
  });
}

/** A person with one role, as an actor: for calling services without HTTP. */
export async function someone(house: House, role: Role, mark = randomBytes(4).toString('hex')): Promise<Actor> {
  const accounts = house.app.get(Accounts);
  const account = { username: `${role}.${mark}`, displayName: `Người ${role} ${mark}`, password: PASSWORD };
  const id = await accounts.create(systemActor('thử nghiệm'), { ...account, grants: [{ role }] });
  const actor = await accounts.actor(id);
  if (!actor) throw new Error('the account just made is not there');
  return actor;
}
