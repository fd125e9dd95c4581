import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { holidayKinds } from '../../channels/entities/holiday.entity.js';
import { Holidays } from '../../channels/holidays.service.js';
import { holidayBody, importBody } from '../../channels/rules.dto.js';
import { Roles } from '../../people/access/access.js';
import { formDay, formLine, rowId } from '../forms/fields.js';
import { parseForm } from '../forms/parse-form.js';
import { asFormError, fieldProblems } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type HolidayForm, holidayForm, holidayRows } from './law.view.js';

const address = '/khung-gio/luat/ngay-le';
const asked = z.object({
  nam: z
    .string()
    .regex(/^20\d{2}$/)
    .optional()
    .catch(undefined),
});
const written = z.strictObject({
  date: formDay,
  name: formLine(200),
  kind: z.enum(holidayKinds).catch('local').default('local'),
  dayOff: z.literal('co').optional(),
  flagDay: z.literal('co').optional(),
});
type Written = z.infer<typeof written>;
const imported = z.strictObject({ year: formLine(10) });
const none = z.object({});

/** Ngày lễ: days off and flag days of a year, imported from the calendar and then edited by people. */
@ApiExcludeController()
@Controller('khung-gio/luat/ngay-le')
@Roles('admin')
export class HolidaysPage {
  constructor(
    private readonly holidays: Holidays,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: asked }) { nam }: z.infer<typeof asked>) {
    await this.show(visit, { nam });
  }

  @Post()
  async add(@Visit() visit: PageVisit, @Body({ schema: written }) body: Written) {
    try {
      const { date } = await this.holidays.add(visit.actor, parseForm(holidayBody, formOf(body)));
      return await visit.redirect(`${address}?nam=${date.slice(0, 4)}`, 'da-luu');
    } catch (error) {
      await this.show(visit, { added: body }, asFormError(error));
    }
  }

  /** Changes a day's date, name or kind in its row; the old and the new date are re-planned. */
  @Post(':id')
  async change(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: written }) body: Written,
  ) {
    try {
      const { date } = await this.holidays.change(visit.actor, id, parseForm(holidayBody, formOf(body)));
      return await visit.redirect(`${address}?nam=${date.slice(0, 4)}`, 'da-luu');
    } catch (error) {
      const nam = (await this.holidays.list()).find((one) => one.id === id)?.date.slice(0, 4);
      await this.show(visit, { nam, changed: { id, ...formOf(body) } }, asFormError(error));
    }
  }

  /** Days that people edited or removed stay unchanged. */
  @Post('nhap')
  async importYear(@Visit() visit: PageVisit, @Body({ schema: imported }) body: z.infer<typeof imported>) {
    try {
      const { year } = parseForm(importBody, { year: Number(body.year) });
      await this.holidays.importYear(visit.actor, year);
      return await visit.redirect(`${address}?nam=${year}`, 'da-luu');
    } catch (error) {
      await this.show(visit, { year: body.year }, asFormError(error));
    }
  }

  @Post(':id/bo')
  async remove(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    await this.holidays.remove(visit.actor, id);
    await visit.redirect(address, 'da-xoa');
  }

  private async show(visit: PageVisit, typed: Typed, problem?: unknown) {
    const year = typed.nam ?? localDateOf(this.clock.now(), this.config.timeZone).slice(0, 4);
    const view = {
      year,
      before: String(Number(year) - 1),
      after: String(Number(year) + 1),
      rows: holidayRows(await this.holidays.list(year), typed.changed, fieldProblems(problem)),
      typedYear: typed.year ?? year,
      form: holidayForm(typed.added ? formOf(typed.added) : undefined, typed.added && fieldProblems(problem)),
      formOpen: typed.added !== undefined,
    };
    await visit.render('law/holidays', 'Ngày lễ', view, problem);
  }
}

/** The values of a refused form. */
interface Typed {
  nam?: string;
  added?: Written;
  changed?: HolidayForm & { id: string };
  year?: string;
}

function formOf({ date, name, kind, dayOff, flagDay }: Written): HolidayForm {
  return { date, name, kind, dayOff: dayOff === 'co', flagDay: flagDay === 'co' };
}
