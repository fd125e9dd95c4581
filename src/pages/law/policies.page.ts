import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Policies } from '../../channels/policies.service.js';
import { policyHolidays } from '../../channels/entities/policy.entity.js';
import { policyBody } from '../../channels/rules.dto.js';
import { Roles } from '../../people/access/access.js';
import { Units } from '../../people/units/units.service.js';
import { unitKinds } from '../../people/units/unit-kind.js';
import { formDay, formLine, formText, rowId, unitCode } from '../forms/fields.js';
import { parseForm, checkedValues } from '../forms/parse-form.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { missingLaws, type PolicyForm, policyForm, policyFormView, parsePolicyForm, policyRows } from './law.view.js';

const asked = z.object({
  loai: z.enum(unitKinds).catch('ward').default('ward'),
  noi: unitCode.catch('').default(''),
  mau: formLine(100).catch('').default(''),
});
type Asked = z.infer<typeof asked>;
const weekday = z.string().regex(/^[1-7]$/);
const written = z.strictObject({
  place: unitCode.default(''),
  unitKind: z.enum(unitKinds),
  name: formLine(200),
  permitted: formText(1_000).default(''),
  quiet: formText(1_000).default(''),
  weekdays: z.union([weekday, z.array(weekday).max(7)]).optional(),
  sessionsPerDay: formLine(10).default(''),
  minutesPerSession: formLine(10).default(''),
  holidays: z.enum(policyHolidays).default('usual'),
  source: formLine(500).default(''),
  effectiveFrom: formDay.default(''),
  /** The version of the policies that the page showed. */
  seen: formLine(40).optional(),
});
const none = z.object({});

/** Quy định: the legal limits for the loudspeakers of each kind of unit, by the day from which they apply. */
@ApiExcludeController()
@Controller('khung-gio/luat/quy-dinh')
@Roles('admin')
export class PoliciesPage {
  constructor(
    private readonly policies: Policies,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** `?noi=&loai=&mau=` fills the form for that place and kind of unit from that preset. */
  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: asked }) query: Asked) {
    await this.show(visit, query);
  }

  @Post()
  async set(@Visit() visit: PageVisit, @Body({ schema: written }) body: z.infer<typeof written>) {
    const { seen, ...fields } = body;
    const form: PolicyForm = { ...fields, weekdays: checkedValues(body.weekdays).map(Number) };
    const work = () =>
      this.policies.set(visit.actor, form.unitKind, parseForm(policyBody, parsePolicyForm(form)), seen);
    await visit.submit('/khung-gio/luat/quy-dinh', 'da-luu', work, (problem) =>
      this.show(visit, { loai: form.unitKind, noi: form.place, mau: '' }, form, problem),
    );
  }

  /** Withdraws a policy that is not yet in force. */
  @Post(':id/rut')
  async withdraw(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    const work = () => this.policies.remove(visit.actor, id);
    await visit.submit('/khung-gio/luat/quy-dinh', 'da-xoa', work, (problem) =>
      this.show(visit, asked.parse({}), undefined, problem),
    );
  }

  private async show(visit: PageVisit, { loai, noi, mau }: Asked, typed?: PolicyForm, problem?: unknown) {
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    const presets = this.policies.knownPresets();
    const preset = presets.find(({ code }) => code === mau);
    const view = {
      rows: policyRows(await this.policies.list(), today),
      presets: presets.map(({ code, name }) => ({ code, name, chosen: code === mau })),
      missing: missingLaws(await this.policies.withoutLaw()),
      form: policyFormView(typed ?? policyForm(loai, noi, preset), await this.units.all()),
      formOpen: typed !== undefined || preset !== undefined || noi !== '',
      today,
      seen: await this.policies.version(),
    };
    await visit.render('law/policies', 'Quy định giờ phát', view, problem);
  }
}
