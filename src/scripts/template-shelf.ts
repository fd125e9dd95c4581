import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../shared/channel-kind.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { Config } from '../config/config.js';
import { render } from './templates/render.js';
import { loadTemplateFiles, type TemplateSet } from './templates/template-files.js';
import { type Rendered, servesChannel } from './templates/template.js';

/** The templates of scripts-content/templates/, read and checked once. */
@Injectable()
export class TemplateShelf {
  private loaded?: Promise<TemplateSet>;

  constructor(private readonly config: Config) {}

  /** Throws `bad-template` with every file and line that is wrong. */
  all(): Promise<TemplateSet> {
    this.loaded ??= loadTemplateFiles(join(this.config.contentDir, 'templates'));
    return this.loaded;
  }

  /** Throws 404, `wrong-kind` (422), or the template's sentence about the variable that is missing or wrong. */
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
