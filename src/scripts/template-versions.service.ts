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

/** One template with the text that is in use. */
export interface TemplateText {
  template: Template;
  source: string;
  /** 0: as it is shipped. */
  n: number;
  /** The last edited text is not accepted by this version of the program, so the shipped one is in use. */
  unfit: boolean;
}

/** Editing templates on screen: every text is kept, the last one is in use, and none reaches a script before it is whole. */
@Injectable()
export class TemplateVersions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly templates: TemplateCatalog,
  ) {}

  /** In the order of their codes, each with its last version; null while it is as shipped. */
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

  /** The text filled with the examples of its variables. Throws 404, `bad-template` (422), `template-identity` (422). */
  async preview(code: string, source: string): Promise<Rendered> {
    const { template, partials } = await this.check(code, source);
    return render(template, examplesOf(template), partials);
  }

  /**
   * Keeps `source` as the next version, which is in use at once for scripts made from now on; what was made stays. `basedOn`
   * is the version that was edited (0: the shipped text). Throws 404; 409 `newer-template` when somebody was quicker; 422
   * `bad-template`, `template-identity`, `nothing-changed`.
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
      // The unique index decides between two who save at once; whoever lost finds the other's row.
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
    // Who and what it is for is where it is found by letters and screens: another one is another template.
    for (const name of ['code', 'kind', 'subject'] as const) {
      if (template[name] !== shipped[name]) throw otherTemplate(name, shipped[name]);
    }
    return { template, partials };
  }
}

/** The examples that the template itself gives: what the preview is filled with. */
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
