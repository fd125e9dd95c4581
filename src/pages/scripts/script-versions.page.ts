import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { rowId } from '../forms/fields.js';
import { PeopleNames } from '../visit/people-names.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { variantsOf } from './variants.view.js';
import { versionsView } from './versions.view.js';

const number = z.coerce.number().int().min(1).optional().catch(undefined);
const query = z.object({ tu: number, den: number });

/** Compares the versions of one script word by word, and the script with its siblings for other channels. */
@ApiExcludeController()
@Controller('bai/:id')
@Roles('editor', 'approver', 'official', 'page-admin', 'admin')
export class ScriptVersionsPage {
  constructor(
    private readonly scripts: Scripts,
    private readonly names: PeopleNames,
    private readonly config: Config,
  ) {}

  @Get('so-sanh')
  async compare(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Query({ schema: query }) { tu, den }: z.infer<typeof query>,
  ) {
    const { script, versions } = await this.scripts.versions(id);
    const nameOf = await this.names.of(versions.map(({ authorId }) => authorId));
    const view = versionsView(versions, { from: tu, to: den }, nameOf, this.config.timeZone);
    if (!view) throw notFound();
    await visit.render('scripts/script-versions', 'So sánh các bản', {
      id,
      script: script.title,
      ...view,
    });
  }

  @Get('canh-nhau')
  async variants(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    const { script } = await this.scripts.versions(id);
    const siblings = await this.scripts.list({ campaignId: script.campaignId });
    await visit.render('scripts/script-variants', 'Các kênh cạnh nhau', {
      id,
      script: script.title,
      campaignId: script.campaignId,
      variants: variantsOf(siblings, script),
    });
  }
}
