import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../../shared/domain-error.js';
import { Roles } from '../../people/access/access.js';
import { unitKinds } from '../../people/units/unit-kind.js';
import { Units } from '../../people/units/units.service.js';
import { formLine, formText, unitCode } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { emptyUnitForm, unitFormOf, unitFormView, unitRows } from './units.view.js';

const search = z.object({ tim: formLine(200).catch('').default('') });
const written = z.strictObject({
  name: formLine(300),
  shortName: formLine(300).default(''),
  kind: z.enum(unitKinds),
  parentCode: unitCode.default(''),
  aliases: formText(8_000).default(''),
  active: z.literal('co').optional(),
});
type Written = z.infer<typeof written>;

/** Đơn vị: the tree of units, which changes by law now and then. */
@ApiExcludeController()
@Controller('don-vi')
@Roles('admin')
export class UnitsPage {
  constructor(private readonly units: Units) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    await this.showList(visit, tim);
  }

  @Post()
  async create(@Visit() visit: PageVisit, @Body({ schema: written }) body: Written) {
    try {
      const code = await this.units.create(visit.actor, await this.draft(body));
      return await visit.redirect(`/don-vi/${code}`, 'da-luu');
    } catch (error) {
      await this.showList(visit, '', body, asFormError(error));
    }
  }

  @Get(':code')
  async one(@Visit() visit: PageVisit, @Param('code', { schema: unitCode }) code: string) {
    await this.showOne(visit, code);
  }

  @Post(':code')
  async change(
    @Visit() visit: PageVisit,
    @Param('code', { schema: unitCode }) code: string,
    @Body({ schema: written }) body: Written,
  ) {
    const work = async () => {
      const draft = await this.draft(body);
      await this.units.change(visit.actor, code, { ...draft, active: body.active === 'co' });
    };
    await visit.submit(`/don-vi/${code}`, 'da-luu', work, (problem) => this.showOne(visit, code, body, problem));
  }

  private async draft({ kind, name, shortName, parentCode, aliases }: Written) {
    const parent = parentCode ? (await this.units.all()).find(({ code }) => code === parentCode) : null;
    if (parent === undefined) throw notFound();
    return { kind, name, shortName, parentId: parent?.id ?? null, aliases: aliases.split('\n') };
  }

  private async showList(visit: PageVisit, tim: string, typed?: Written, problem?: unknown) {
    const units = await this.units.all();
    const form = unitFormView(typed ? { ...typed, active: true } : emptyUnitForm, units, null);
    const view = { rows: unitRows(units, tim), search: tim, formOpen: typed !== undefined, form };
    await visit.render('units/unit-list', 'Đơn vị', view, problem);
  }

  private async showOne(visit: PageVisit, code: string, typed?: Written, problem?: unknown) {
    const units = await this.units.all();
    const unit = units.find((one) => one.code === code);
    if (!unit) throw notFound();
    const form = typed ? { ...typed, active: typed.active === 'co' } : unitFormOf(unit, units);
    const view = { code, id: unit.id, title: unit.name, form: unitFormView(form, units, code) };
    await visit.render('units/unit', unit.name, view, problem);
  }
}
