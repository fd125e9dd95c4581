import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { Limited } from '../../http/limits/limits.js';
import { Roles } from '../../people/access/access.js';
import { TemplateVersions } from '../../scripts/template-versions.service.js';
import { formLine, formText } from '../forms/fields.js';
import { PeopleNames } from '../visit/people-names.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { previewView, templateRows, templateView } from './templates.view.js';

const MOST = 64_000;
/** A malformed code becomes '', which no template has. */
const templateCode = z.string().transform((text) => (/^[a-z0-9.-]{1,100}$/.test(text) ? text : ''));
const search = z.object({ tim: formLine(200).catch('').default('') });
const which = z.object({ ban: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined) });
const written = z.strictObject({
  source: formText(MOST),
  basedOn: z.coerce.number().int().min(0).max(1_000_000),
  note: formLine(200).default(''),
  /** `xem` only previews; a browser without scripts sends it. */
  viec: z.enum(['xem', 'luu']).default('luu'),
});
type Written = z.infer<typeof written>;

/** Mẫu bài: templates are edited with a live preview on sample data; every version is kept. */
@ApiExcludeController()
@Controller('mau-bai')
@Roles('admin')
export class TemplatesPage {
  constructor(
    private readonly versions: TemplateVersions,
    private readonly names: PeopleNames,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    const all = await this.versions.list();
    const nameOf = await this.names.of(all.map(({ version }) => version?.createdBy ?? null));
    const rows = templateRows(all, tim, nameOf, this.config.timeZone);
    await visit.render('templates/template-list', 'Mẫu bài', { rows, search: tim });
  }

  @Get(':code')
  async one(
    @Visit() visit: PageVisit,
    @Param('code', { schema: templateCode }) code: string,
    @Query({ schema: which }) { ban }: z.infer<typeof which>,
  ) {
    await this.show(visit, code, ban);
  }

  @Post(':code')
  @Limited('preview')
  async save(
    @Visit() visit: PageVisit,
    @Param('code', { schema: templateCode }) code: string,
    @Body({ schema: written }) body: Written,
  ) {
    if (body.viec === 'xem') return this.show(visit, code, undefined, body);
    const work = () => this.versions.save(visit.actor, code, body.source, body.basedOn, body.note);
    await visit.submit(`/mau-bai/${code}`, 'da-luu', work, (problem) =>
      this.show(visit, code, undefined, body, problem),
    );
  }

  /** The preview fragment, requested while typing. */
  @Post(':code/xem-thu')
  @Limited('preview')
  @HttpCode(200)
  async preview(
    @Visit() visit: PageVisit,
    @Param('code', { schema: templateCode }) code: string,
    @Body({ schema: written }) { source }: Written,
  ) {
    await visit.fragment('templates/template-preview.part', {
      preview: await this.previewOf(code, source),
    });
  }

  private async show(visit: PageVisit, code: string, n: number | undefined, typed?: Written, problem?: unknown) {
    const text = await this.versions.text(code, n);
    const versions = await this.versions.versions(code);
    const nameOf = await this.names.of(versions.map(({ createdBy }) => createdBy));
    const source = typed?.source ?? text.source;
    const view = {
      ...templateView(text, versions, nameOf, this.config.timeZone),
      source,
      typedNote: typed?.note ?? '',
      ...(typed ? { basedOn: String(typed.basedOn) } : {}),
      preview: await this.previewOf(code, source),
    };
    await visit.render('templates/template', text.template.name, view, problem);
  }

  private async previewOf(code: string, source: string) {
    try {
      return previewView(await this.versions.preview(code, source));
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'invalid') return previewView(error);
      throw error;
    }
  }
}
