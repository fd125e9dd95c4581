import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId, sha256 } from '../shared/ids.js';
import { Database } from '../database/database.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { TemplateCatalog } from './template-catalog.js';
import { TemplateVersion } from './template-version.entity.js';
import { render } from './templates/render.js';
import type { Rendered, Template, VariableValue } from './templates/template.js';
import { parseTemplate } from './templates/template-file.js';

/** A template with one of its texts. */
export interface TemplateText {
  template: Template;
  source: string;
  /** 0 is the shipped text. */
  n: number;
  /** True when this release does not accept the last edited text, so the shipped one is in use. */
  unfit: boolean;
}

/**
 * Versions of templates edited on screen. Every text is kept, the last one is in use, and a faulty text is never saved.
 */
@Injectable()
export class TemplateVersions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly templates: TemplateCatalog,
  ) {}

  /** Ordered by code, each with its last version; null for a template that was never edited. */
  async list(): Promise<{ template: Template; version: TemplateVersion | null }[]> {
    const { templates } = await this.templates.all();
    const versions = new Map((await this.templates.latest()).map((one) => [one.code, one]));
    return [...templates.values()].map((template) => ({ template, version: versions.get(template.code) ?? null }));
  }

  /** The text in use, or version `n` of it (0: the shipped one). 404 for an unknown template or version. */
  async text(code: string, n?: number): Promise<TemplateText> {
    const { templates, partials } = await this.templates.shipped();
    const shipped = templates.get(code);
    if (!shipped) throw notFound();
    const [last] = await this.versions(code);
    const wanted = n ?? last?.n ?? 0;
    if (wanted === 0) return { template: shipped, source: await this.templates.fileOf(shipped), n: 0, unfit: false };
    const version =
      wanted === last?.n ? last : await this.database.read().findOneBy(TemplateVersion, { code, n: wanted });
    if (!version) throw notFound();
    const template = this.templates.read(version, shipped, partials);
    return { template: template ?? shipped, source: version.source, n: version.n, unfit: template === null };
  }

  /** Newest first. */
  versions(code: string): Promise<TemplateVersion[]> {
    return this.database.read().find(TemplateVersion, { where: { code }, order: { n: 'DESC' } });
  }

  /**
   * Renders the text with the examples of its variables. Throws 404, `bad-template` (422), `template-identity` (422).
   */
  async preview(code: string, source: string): Promise<Rendered> {
    const { template, partials } = await this.check(code, source);
    return render(template, examplesOf(template), partials);
  }

  /**
   * Saves `source` as the next version. It applies at once to new scripts; existing scripts do not change. `basedOn` is
   * the version that was edited (0: the shipped text). Throws 404; `newer-template` (409) when another version was
   * saved meanwhile; `bad-template`, `template-identity`, `nothing-changed` (422).
   */
  async save(actor: Actor, code: string, source: string, basedOn: number, note: string): Promise<number> {
    await this.preview(code, source);
    const before = await this.text(code);
    return this.database.write(async (tx) => {
      const last = (await tx.findOne(TemplateVersion, { where: { code }, order: { n: 'DESC' } }))?.n ?? 0;
      if (last !== basedOn || before.n !== last) throw newerTemplate(last);
      if (before.source === source) throw nothingChanged();
      const now = this.clock.now();
      const n = last + 1;
      const row = { id: newId(now), code, n, source, note, createdAt: now, createdBy: actor.accountId };
      await tx.createQueryBuilder().insert().into(TemplateVersion).values(row).orIgnore().updateEntity(false).execute();
      // Insert first: the unique index decides between two simultaneous saves. The loser finds the other row.
      const kept = await tx.findOneByOrFail(TemplateVersion, { code, n });
      if (kept.id !== row.id) throw newerTemplate(n);
      await this.audit.record(tx, actor, {
        action: 'template.changed',
        entity: 'template',
        entityId: code,
        before: { n: last, sha256: sha256(before.source) },
        after: { n, sha256: sha256(source), note },
      });
      return n;
    });
  }

  private async check(code: string, source: string) {
    const { templates, partials } = await this.templates.shipped();
    const shipped = templates.get(code);
    if (!shipped) throw notFound();
    const template = parseTemplate(source, shipped.fileName, partials);
    // Letters and screens find a template by code, kind and subject; a change of these would make another template.
    for (const name of ['code', 'kind', 'subject'] as const) {
      if (template[name] !== shipped[name]) throw otherTemplate(name, shipped[name]);
    }
    return { template, partials };
  }
}

/** The examples given in the template's front matter; the preview uses them. */
export function examplesOf(template: Template): Record<string, VariableValue> {
  return Object.fromEntries([...template.variables].map(([name, { example }]) => [name, example]));
}

function newerTemplate(n: number): DomainError {
  const sentence = {
    vi: `Mẫu này vừa có bản ${n} do người khác lưu. Hãy chép phần bạn sửa, tải lại trang rồi sửa tiếp.`,
    en: `Somebody has just saved version ${n} of this template.`,
  };
  return new DomainError('conflict', 'newer-template', sentence, { n });
}

function nothingChanged(): DomainError {
  return new DomainError('invalid', 'nothing-changed', {
    vi: 'Nội dung chưa có gì thay đổi.',
    en: 'Nothing has changed.',
  });
}

function otherTemplate(name: string, value: string): DomainError {
  return new DomainError('invalid', 'template-identity', {
    vi: `Không đổi được "${name}" của mẫu; hãy giữ nguyên "${name}: ${value}".`,
    en: `"${name}" of a template cannot be changed; leave it as "${value}".`,
  });
}
