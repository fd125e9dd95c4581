import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChannelKind } from '../shared/channel-kind.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { hashOf, newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Unit } from '../people/units/unit.entity.js';
import { Campaign } from '../campaigns/campaign.entity.js';
import { transitionVersion } from './transition-version.js';
import { Script } from './script.entity.js';
import { ScriptVersion } from './script-version.entity.js';
import type { VersionState } from './script-version.transitions.js';
import { VersionSubmitted, VersionSuperseded } from './scripts.events.js';
import { TemplateCatalog } from './template-catalog.js';

export interface NewScript {
  campaignId: string;
  channelKind: ChannelKind;
  /** With a template, its variables are filled in; without one, `title` and `text` are required. */
  templateCode?: string;
  variables?: Record<string, unknown>;
  unitId?: string | null;
  title?: string;
  text?: string;
}

export const MAX_SCRIPT_TEXT = 20_000;

const latestNumber = 'SELECT MAX(other.n) FROM script_version other WHERE other.script_id = script.id';

/** Scripts and their versions. A version is immutable: an edit adds a new version that supersedes the old one. */
@Injectable()
export class Scripts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly templates: TemplateCatalog,
  ) {}

  /**
   * Throws 404 (campaign, template), `wrong-kind` (422: the template is for another kind), `unknown-unit` (422), the
   * template's own errors, `bad-text` (422).
   */
  async create(actor: Actor, script: NewScript): Promise<{ scriptId: string; versionId: string }> {
    const { title, text } = await this.words(script);
    return this.database.write(async (tx) => {
      if (!(await tx.existsBy(Campaign, { id: script.campaignId }))) throw notFound();
      if (script.unitId && !(await tx.existsBy(Unit, { id: script.unitId }))) throw unknownUnit();
      const scriptId = newId(this.clock.now());
      await tx.insert(Script, {
        id: scriptId,
        campaignId: script.campaignId,
        templateCode: script.templateCode ?? null,
        channelKind: script.channelKind,
        unitId: script.unitId ?? null,
        title,
        createdAt: this.clock.now(),
        createdBy: actor.accountId,
      });
      const versionId = await this.addVersion(tx, actor, {
        scriptId,
        n: 1,
        title,
        text,
        variables: script.variables ?? {},
      });
      return { scriptId, versionId };
    });
  }

  /**
   * Adds a version that supersedes the latest. `latestSeen` is the number of the version that was edited; throws
   * `newer-version` (409) when a newer one exists.
   */
  async newVersion(actor: Actor, scriptId: string, latestSeen: number, title: string, text: string): Promise<string> {
    requireText(title, text);
    return this.database.write(async (tx) => {
      if (!(await tx.existsBy(Script, { id: scriptId }))) throw notFound();
      const latest = await this.latest(tx, scriptId);
      if (latest.n !== latestSeen) {
        const sentence = {
          vi: 'Bài vừa có phiên bản mới hơn. Xin tải lại trước khi sửa.',
          en: 'There is a newer version.',
        };
        throw new DomainError('conflict', 'newer-version', sentence, { n: latest.n });
      }
      const old = latest.state;
      if (old !== 'superseded') await transitionVersion(tx, latest, 'superseded');
      const { variables } = latest;
      const versionId = await this.addVersion(tx, actor, { scriptId, n: latest.n + 1, title, text, variables });
      await tx.update(Script, { id: scriptId }, { title });
      await this.events.publish(tx, new VersionSuperseded(latest.id));
      return versionId;
    });
  }

  /**
   * Submits a draft for approval; a listener refuses one that cannot be spoken completely. Throws `illegal-move` (409).
   */
  async submit(actor: Actor, versionId: string): Promise<void> {
    await this.database.write(async (tx) => {
      const version = await tx.findOneBy(ScriptVersion, { id: versionId });
      if (!version) throw notFound();
      const submitted = { submittedAt: this.clock.now(), submittedBy: actor.accountId };
      await transitionVersion(tx, version, 'submitted', submitted);
      const fact = { action: 'version.submitted', entity: 'script_version', entityId: versionId };
      await this.audit.record(tx, actor, fact);
      await this.events.publish(tx, new VersionSubmitted(versionId));
    });
  }

  async latest(em: EntityManager, scriptId: string): Promise<ScriptVersion> {
    const version = await em.findOne(ScriptVersion, { where: { scriptId }, order: { n: 'DESC' } });
    if (!version) throw notFound();
    return version;
  }

  async versions(scriptId: string): Promise<{ script: Script; versions: ScriptVersion[] }> {
    const em = this.database.read();
    const script = await em.findOneBy(Script, { id: scriptId });
    if (!script) throw notFound();
    return { script, versions: await em.find(ScriptVersion, { where: { scriptId }, order: { n: 'DESC' } }) };
  }

  /**
   * Lists scripts with their latest version, newest first, optionally of one campaign or in given states. Superseded
   * versions are not loaded.
   */
  async list(filter: { campaignId?: string; states?: VersionState[] } = {}) {
    const em = this.database.read();
    const { campaignId } = filter;
    const scripts = await em.find(Script, {
      where: campaignId ? { campaignId } : {},
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    const versions = await em
      .createQueryBuilder(ScriptVersion, 'version')
      .innerJoin(Script, 'script', 'script.id = version.scriptId')
      .where(`version.n = (${latestNumber})`)
      .andWhere(campaignId ? 'script.campaignId = :campaignId' : '1 = 1', { campaignId })
      .getMany();
    const latest = new Map(versions.map((version) => [version.scriptId, version]));
    return scripts.flatMap((script) => {
      const version = latest.get(script.id);
      if (!version || (filter.states && !filter.states.includes(version.state))) return [];
      return [{ script, version }];
    });
  }

  private async words(script: NewScript): Promise<{ title: string; text: string }> {
    if (script.templateCode === undefined) {
      const title = script.title ?? '';
      const text = script.text ?? '';
      requireText(title, text);
      return { title, text };
    }
    const made = await this.templates.fill(script.templateCode, script.channelKind, script.variables ?? {});
    return { title: script.title ?? made.title, text: made.text };
  }

  private async addVersion(
    tx: EntityManager,
    actor: Actor,
    of: { scriptId: string; n: number; title: string; text: string; variables: Record<string, unknown> },
  ): Promise<string> {
    const id = newId(this.clock.now());
    const { scriptId, n, title, text, variables } = of;
    await tx.insert(ScriptVersion, {
      id,
      scriptId,
      n,
      title,
      body: text,
      variables: variables as object,
      textHash: hashOf({ title, text }),
      state: 'draft',
      authorId: actor.accountId,
      createdAt: this.clock.now(),
      submittedAt: null,
      submittedBy: null,
    });
    const after = { scriptId, n, title, text };
    await this.audit.record(tx, actor, { action: 'version.written', entity: 'script_version', entityId: id, after });
    return id;
  }
}

function unknownUnit(): DomainError {
  return new DomainError('invalid', 'unknown-unit', { vi: 'Không có đơn vị này.', en: 'There is no such unit.' });
}

function requireText(title: string, text: string): void {
  if (title.trim() && text.trim() && text.length <= MAX_SCRIPT_TEXT && title.length <= 400) return;
  throw new DomainError('invalid', 'bad-text', {
    vi: `Bài cần có tiêu đề và nội dung, nội dung không quá ${MAX_SCRIPT_TEXT.toLocaleString('vi-VN')} ký tự.`,
    en: `A script has a title and a text of at most ${MAX_SCRIPT_TEXT} characters.`,
  });
}
