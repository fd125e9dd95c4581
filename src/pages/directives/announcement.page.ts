import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Roles } from '../../people/access/access.js';
import { Units } from '../../people/units/units.service.js';
import { bulletinClasses } from '../../campaigns/bulletin-class.js';
import { announcementBody } from '../../campaigns/announcements.dto.js';
import { Announcements } from '../../campaigns/announcements.service.js';
import { Scripts } from '../../scripts/scripts.service.js';
import { formDay, formLine, formText, unitCode } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { checkedValues, parseForm } from '../forms/parse-form.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import { type AnnouncementForm, announcementFormView } from './announcement.view.js';

const many = z.union([formLine(100), z.array(formLine(100)).max(500)]).optional();
const written = z.strictObject({
  title: formLine(400),
  text: formText(40_000),
  unit: unitCode,
  channelKinds: many,
  units: many,
  playsPerDay: formLine(10).default(''),
  from: formDay,
  until: formDay,
  bulletinClass: z.enum(bulletinClasses).default('normal'),
});

/** The usual length of an announcement, in days. */
const USUAL_DAYS = 2;

/** Thông báo: an announcement without a letter, with a script for each kind of channel. */
@ApiExcludeController()
@Controller('cong-van/thong-bao')
@Roles('editor')
export class AnnouncementPage {
  constructor(
    private readonly announcements: Announcements,
    private readonly scripts: Scripts,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async form(@Visit() visit: PageVisit) {
    const today = localDateOf(this.clock.now(), this.config.timeZone);
    await this.show(visit, {
      title: '',
      text: '',
      unit: '',
      channelKinds: ['ward-loudspeaker'],
      units: [],
      playsPerDay: '2',
      from: today,
      until: addDays(today, USUAL_DAYS),
      bulletinClass: 'normal',
    });
  }

  @Post()
  async make(@Visit() visit: PageVisit, @Body({ schema: written }) body: z.infer<typeof written>) {
    const form: AnnouncementForm = {
      ...body,
      channelKinds: checkedValues(body.channelKinds),
      units: checkedValues(body.units).filter((code) => code !== ''),
    };
    try {
      const order = parseForm(announcementBody, { ...form, playsPerDay: Number(form.playsPerDay) });
      const { campaignId } = await this.announcements.make(visit.actor, order);
      // A text for one ward alone is heard there only.
      const [code, another] = order.units;
      const only = code !== undefined && another === undefined ? await this.units.all() : [];
      const unitId = only.find((unit) => unit.code === code)?.id ?? null;
      for (const channelKind of new Set(order.channelKinds)) {
        await this.scripts.create(visit.actor, {
          campaignId,
          channelKind,
          unitId,
          title: order.title,
          text: order.text,
        });
      }
      return await visit.redirect(`/bai?dot=${campaignId}`, 'da-luu');
    } catch (error) {
      await this.show(visit, form, asFormError(error));
    }
  }

  private async show(visit: PageVisit, form: AnnouncementForm, problem?: unknown) {
    const view = { form: announcementFormView(form, await this.units.all()) };
    await visit.render('directives/announcement', 'Soạn thông báo', view, problem);
  }
}
