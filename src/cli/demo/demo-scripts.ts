import type { INestApplicationContext } from '@nestjs/common';
import { type ChannelKind, isLoudspeaker } from '../../shared/channel-kind.js';
import { DomainError } from '../../shared/domain-error.js';
import { Approvals } from '../../approvals/approvals.service.js';
import { Hearings } from '../../approvals/hearings.service.js';
import type { Clip } from '../../audio/clips/clip.entity.js';
import { Clips } from '../../audio/clips/clips.service.js';
import { RENDER_CLIP } from '../../audio/clips/render-clip.job.js';
import type { Campaign } from '../../campaigns/campaign.entity.js';
import { Database } from '../../database/database.js';
import type { Directive } from '../../directives/directive.entity.js';
import type { Obligation } from '../../directives/obligation.entity.js';
import { JobRunner } from '../../jobs/job-runner.js';
import { Jobs } from '../../jobs/jobs.service.js';
import type { Actor } from '../../people/access/actor.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { TemplateCatalog } from '../../scripts/template-catalog.js';
import { draftFor } from '../../scripts/templates/pick-template.js';
import { pickSubject } from '../../scripts/templates/subject-group.js';
import { withPhone } from './demo-people.js';

/**
 * The speaker named in the texts of a city campaign. One text serves all wards: it names the city's network, not a
 * ward's.
 */
const SPEAKER = 'Trung tâm Văn hóa - Truyền thông thành phố Hà Tĩnh';
const PLACE = 'thành phố Hà Tĩnh';

/**
 * One script for each channel kind that the letter names, from the template that fits its subject; for the fanpage one
 * for each of `days`, because a page posts no text twice. Scripts of an earlier run stay.
 */
export async function writeScripts(
  app: INestApplicationContext,
  editor: Actor,
  campaign: Campaign,
  directive: Directive,
  obligations: Obligation[],
  days: number,
): Promise<void> {
  const scripts = app.get(Scripts);
  const { templates } = await app.get(TemplateCatalog).all();
  const there = new Set((await scripts.list({ campaignId: campaign.id })).map(({ script }) => script.channelKind));
  const subject = pickSubject(directive.subject ?? '', directive.body);
  for (const channelKind of new Set(obligations.map((one) => one.channelKind))) {
    if (there.has(channelKind)) continue;
    const ordered = obligations.find((one) => one.channelKind === channelKind);
    const point = directive.assignments.find((one) => one.n === ordered?.assignment);
    const draft = draftFor([...templates.values()], subject, channelKind, {
      directive,
      unitName: SPEAKER,
      placeName: PLACE,
      assignment: point?.text,
      until: ordered?.until,
      known: directive.subject ? {} : { matter: campaign.name },
    });
    if (!draft || draft.missing.length > 0) {
      const labels = draft?.missing.map((one) => one.label).join(', ') ?? 'mẫu bài';
      throw new DomainError('invalid', 'values-missing', {
        vi: `Công văn không nêu đủ để soạn bài (${labels}). Hãy soạn bài này trên trang web.`,
        en: `The letter lacks what the template needs: ${labels}.`,
      });
    }
    const { code } = draft.template;
    const made = { campaignId: campaign.id, channelKind, templateCode: code, variables: draft.variables };
    const { scriptId } = await scripts.create(editor, made);
    if (channelKind !== 'fanpage') continue;
    const [first] = (await scripts.versions(scriptId)).versions;
    for (let day = 2; day <= days; day++) {
      const text = `${first?.body ?? ''}\n\nNgày thứ ${day} trong ${days} ngày của đợt.`;
      await scripts.create(editor, { campaignId: campaign.id, channelKind, title: first?.title ?? '', text });
    }
  }
}

/** Clips of all loudspeaker scripts, rendered by the same jobs as for the pages. Throws when one fails. */
export async function makeClips(
  app: INestApplicationContext,
  editor: Actor,
  campaignId: string,
  report: (text: string) => void,
): Promise<void> {
  const clips = app.get(Clips);
  const all = await app.get(Scripts).list({ campaignId });
  const spoken = all.filter(({ script }) => isLoudspeaker(script.channelKind));
  for (const { version } of spoken) await clips.request(editor, version.id);
  const ids = spoken.map(({ version }) => version.id);
  let finished = false;
  const watch = async () => {
    while (!finished) {
      const waiting = (await clips.ofVersions(ids)).filter((clip) => clip.state === 'waiting');
      const jobs = await Promise.all(waiting.map((clip) => app.get(Jobs).find(RENDER_CLIP, clip.id)));
      const stages = jobs.flatMap((job) => (job?.stage ? [`${job.stage} ${job.percent} %`] : []));
      if (stages.length > 0) report(stages.join(' · '));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  };
  const watching = watch();
  try {
    await app.get(JobRunner).drain();
    const open = await clips.ofVersions(ids);
    const bad = open.find((clip) => clip.state !== 'ready');
    if (bad) {
      const job = await app.get(Jobs).find(RENDER_CLIP, bad.id);
      const reason = bad.reason ?? job?.reason ?? 'không rõ lý do';
      throw new DomainError('unavailable', 'clip-failed', {
        vi: `Không dựng được bản thu: ${reason}`,
        en: `No clip: ${reason}`,
      });
    }
  } finally {
    finished = true;
    await watching;
  }
}

/** The editor submits and another account approves; content that is already approved stays so. */
export async function approveAll(
  app: INestApplicationContext,
  editor: Actor,
  approver: Actor,
  campaignId: string,
  folder: string,
): Promise<void> {
  const approvals = app.get(Approvals);
  let signer: Actor | undefined;
  for (const { version } of await app.get(Scripts).list({ campaignId })) {
    if (version.state === 'draft') await app.get(Scripts).submit(editor, version.id);
    const now = await app.get(Database).read().findOneByOrFail(ScriptVersion, { id: version.id });
    if (now.state !== 'submitted') continue;
    const { hash, clips } = await approvals.content(app.get(Database).read(), version.id);
    signer ??= await withPhone(app, approver, folder);
    for (const clip of clips) await app.get(Hearings).record(signer, version.id, clip.id, 'statement');
    await approvals.approve(signer, version.id, hash, { comment: 'Đã nghe, nội dung đúng công văn.' });
  }
}

/** The approved clips of a campaign with their kind of channel. */
export async function approvedClips(
  app: INestApplicationContext,
  campaignId: string,
): Promise<{ clip: Clip; channelKind: ChannelKind }[]> {
  const found = [];
  for (const { script, version } of await app.get(Scripts).list({ campaignId })) {
    if (!isLoudspeaker(script.channelKind)) continue;
    const { clips } = await app.get(Approvals).content(app.get(Database).read(), version.id);
    for (const clip of clips) found.push({ clip, channelKind: script.channelKind });
  }
  return found;
}
