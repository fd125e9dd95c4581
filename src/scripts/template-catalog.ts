import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../shared/channel-kind.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { TemplateVersion } from './template-version.entity.js';
import { parseTemplate } from './templates/template-file.js';
import { render } from './templates/render.js';
import { loadTemplateFiles, type TemplateSet } from './templates/template-files.js';
import { type Rendered, servesChannel, type Template, type TemplatePartials } from './templates/template.js';

/** The shipped templates of scripts-content/templates/, parsed once, overlaid with the versions edited on screen. */
@Injectable()
export class TemplateCatalog {
  private loaded?: Promise<TemplateSet>;
  /** Keyed by version id, because a version never changes; null for a version that this release no longer accepts. */
  private readonly parsed = new Map<string, Template | null>();

  constructor(
    private readonly config: Config,
    private readonly database: Database,
  ) {}

  /** The shipped templates. Throws `bad-template` with every faulty file and line. */
  shipped(): Promise<TemplateSet> {
    this.loaded ??= loadTemplateFiles(this.folder);
    return this.loaded;
  }

  /** The source of a shipped template. */
  fileOf(template: Template): Promise<string> {
    return readFile(join(this.folder, template.fileName), 'utf8');
  }

  /** The templates in use. Runs one statement and parses no version twice. */
  async all(): Promise<TemplateSet> {
    const { templates, partials } = await this.shipped();
    const edited = new Map(templates);
    for (const version of await this.latest()) {
      const shipped = templates.get(version.code);
      const template = shipped && this.read(version, shipped, partials);
      if (template) edited.set(version.code, template);
    }
    return { templates: edited, partials };
  }

  /** The last version of each template that was edited. */
  latest(): Promise<TemplateVersion[]> {
    return this.database
      .read()
      .createQueryBuilder(TemplateVersion, 'v')
      .where('v.n = (SELECT MAX(w.n) FROM template_version w WHERE w.code = v.code)')
      .getMany();
  }

  /**
   * Null when a software update removed something that the version needs: the shipped text is then in use, and the
   * screen says so.
   */
  read(version: TemplateVersion, shipped: Template, partials: TemplatePartials): Template | null {
    const known = this.parsed.get(version.id);
    if (known !== undefined) return known;
    const template = tryParse(version.source, shipped.fileName, partials);
    this.parsed.set(version.id, template);
    return template;
  }

  private get folder(): string {
    return join(this.config.contentDir, 'templates');
  }

  /** Throws 404, `wrong-kind` (422), or the template's own error about a missing or invalid variable. */
  async fill(code: string, kind: ChannelKind, variables: Record<string, unknown>): Promise<Rendered> {
    const { templates, partials } = await this.all();
    const template = templates.get(code);
    if (!template) throw notFound();
    if (!servesChannel(template.kind, kind)) {
      throw new DomainError('invalid', 'wrong-kind', {
        vi: `Mẫu "${template.name}" không dùng cho kênh này.`,
        en: `The template "${code}" is not for this kind of channel.`,
      });
    }
    return render(template, variables, partials);
  }
}

function tryParse(source: string, fileName: string, partials: TemplatePartials): Template | null {
  try {
    return parseTemplate(source, fileName, partials);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'bad-template') return null;
    throw error;
  }
}
