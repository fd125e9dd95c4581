import { Approvals } from '../../dist/approvals/approvals.service.js';
import { Clip } from '../../dist/audio/clips/clip.entity.js';
import { Campaign } from '../../dist/campaigns/campaign.entity.js';
import { Database } from '../../dist/database/database.js';
import { Directive } from '../../dist/directives/directive.entity.js';
import { Accounts } from '../../dist/people/accounts/accounts.service.js';
import { systemActor } from '../../dist/people/access/actor.js';
import { codeAt } from '../../dist/people/sign-in/one-time-code.js';
import { SecondFactorService } from '../../dist/people/sign-in/second-factor.service.js';
import { SecondPerson } from '../../dist/people/sign-in/second-person.service.js';
import { Script } from '../../dist/scripts/script.entity.js';
import { ScriptVersion } from '../../dist/scripts/script-version.entity.js';
import { Clock } from '../../dist/shared/clock.js';
import { newId, sha256 } from '../../dist/shared/ids.js';

/** Writes the rows behind one approved announcement of that day; returns what its slots need. */
export async function putAnnouncement(app, today) {
  const now = app.get(Clock).now();
  const admin = systemActor('đo tốc độ');
  const account = { username: 'bien.tap', displayName: 'Biên tập', password: 'mật khẩu để đo tốc độ' };
  const createdBy = await app.get(Accounts).create(admin, { ...account, grants: [{ role: 'editor' }] });
  const id = () => newId(now);
  const [directiveId, campaignId, scriptId, scriptVersionId, clipId] = [id(), id(), id(), id(), id()];
  const title = 'Đề nghị bà con dọn sạch nơi muỗi đẻ trứng, phòng chống sốt xuất huyết';
  const made = { createdAt: now, createdBy };
  await app.get(Database).write(async (tx) => {
    await tx.insert(Directive, {
      id: directiveId,
      number: '2614/UBND-VHTT',
      issuedOn: today,
      place: 'Hà Tĩnh',
      issuer: 'Ủy ban nhân dân thành phố',
      subject: title,
      urgency: null,
      references: [],
      assignments: [],
      recipients: [],
      to: [],
      missing: [],
      body: title,
      bodyHash: sha256(title),
      search: 'muoi',
      registeredAt: now,
      registeredBy: createdBy,
    });
    const period = { from: today, until: today };
    const campaign = { id: campaignId, directiveId, name: 'Phòng chống sốt xuất huyết', bulletinClass: 'normal' };
    await tx.insert(Campaign, { ...campaign, ...period, state: 'open', ...made });
    const script = { id: scriptId, campaignId, templateCode: null, channelKind: 'ward-loudspeaker', unitId: null };
    await tx.insert(Script, { ...script, title, ...made });
    await tx.insert(ScriptVersion, {
      id: scriptVersionId,
      scriptId,
      n: 1,
      title,
      body: title,
      variables: {},
      textHash: sha256(title),
      state: 'submitted',
      authorId: createdBy,
      createdAt: now,
      submittedAt: now,
    });
    await tx.insert(Clip, {
      id: clipId,
      scriptVersionId,
      profile: 'horn',
      spoken: title,
      spokenHash: sha256(title),
      inputsHash: sha256(title),
      state: 'ready',
      sha256: sha256(title),
      bytes: 240_000,
      durationMs: 30_000,
      integratedLufs: -16,
      truePeakDbtp: -1.5,
      engine: 'espeak/vi',
      sentences: [],
      peaks: [],
      reason: null,
      createdAt: now,
      readyAt: now,
    });
  });
  await approve(app, scriptVersionId);
  return { campaignId, clipId, sha256: sha256(title), made };
}

/** By an approver with a code of his phone: a playlist contains nothing else. */
async function approve(app, versionId) {
  const [accounts, secondFactor, terminal] = [
    app.get(Accounts),
    app.get(SecondFactorService),
    systemActor('đo tốc độ'),
  ];
  const account = { username: 'duyet', displayName: 'Người duyệt', password: 'mật khẩu để đo tốc độ' };
  const id = await accounts.create(terminal, { ...account, grants: [{ role: 'approver' }] });
  const approver = await accounts.actor(id);
  const now = app.get(Clock).now();
  const { secret } = await secondFactor.begin(approver, await app.get(SecondPerson).issueEnrolmentCode(terminal, id));
  await secondFactor.finish(approver, codeAt(secret, now));
  const { hash } = await app.get(Approvals).content(app.get(Database).read(), versionId);
  await app.get(Approvals).approve({ ...approver, codeAt: now }, versionId, hash);
}
