import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { channelKinds } from '../../shared/channel-kind.js';
import { Clock } from '../../shared/clock.js';
import { localDateOf } from '../../shared/local-time.js';
import { ChannelEditor } from '../../channels/channel-editor.service.js';
import { channelBody, channelChange, pauseBody, retireBody } from '../../channels/channels.dto.js';
import { Channels } from '../../channels/channels.service.js';
import { Policies } from '../../channels/policies.service.js';
import { soundProfiles } from '../../channels/entities/sound-profile.js';
import { Roles } from '../../people/access/access.js';
import { Units } from '../../people/units/units.service.js';
import { channelCode, formDay, formLine, formTime, formText, unitCode } from '../forms/fields.js';
import { parseForm } from '../forms/parse-form.js';
import { missingLaws } from '../law/law.view.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import {
  channelFormView,
  channelFormOf,
  channelEntry,
  allChannelRows,
  closureRows,
  emptyChannel,
  parseChannelChange,
  parseChannelForm,
} from './channels.view.js';

const search = z.object({ tim: formLine(200).catch('').default('') });
const profile = z.union([z.enum(soundProfiles), z.literal('')]).default('');
const preset = formLine(100).default('');
const added = z.strictObject({
  name: formLine(300),
  kind: z.enum(channelKinds),
  unit: unitCode,
  profile,
  permitted: formText(1_000).default(''),
  morning: formTime.default(''),
  morningMinutes: formLine(10).default(''),
  evening: formTime.default(''),
  eveningMinutes: formLine(10).default(''),
  preset,
});
const changed = z.strictObject({ name: formLine(300), unit: unitCode, profile, preset });
const paused = z.strictObject({
  from: formDay.default(''),
  until: formDay.default(''),
  reason: formLine(600).default(''),
});
const retired = z.strictObject({ reason: formLine(600).default('') });
const none = z.object({});

/** Kênh: where content goes out. Added, changed, paused and retired by an administrator. */
@ApiExcludeController()
@Controller('kenh')
@Roles('admin')
export class ChannelsPage {
  constructor(
    private readonly channels: Channels,
    private readonly editor: ChannelEditor,
    private readonly policies: Policies,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) { tim }: z.infer<typeof search>) {
    await this.showList(visit, tim);
  }

  @Post()
  async add(@Visit() visit: PageVisit, @Body({ schema: added }) body: z.infer<typeof added>) {
    const work = () => this.editor.add(visit.actor, parseForm(channelBody, parseChannelForm(body)));
    await visit.submit('/kenh', 'da-luu', work, (problem) => this.showList(visit, '', body, problem));
  }

  @Get(':code')
  async one(@Visit() visit: PageVisit, @Param('code', { schema: channelCode }) code: string) {
    await this.showOne(visit, code);
  }

  @Post(':code')
  async change(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: changed }) body: z.infer<typeof changed>,
  ) {
    const work = () => this.editor.change(visit.actor, code, parseForm(channelChange, parseChannelChange(body)));
    await visit.submit(`/kenh/${code}`, 'da-luu', work, (problem) =>
      this.showOne(visit, code, { change: body }, problem),
    );
  }

  @Post(':code/tam-dung')
  async pause(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: paused }) body: z.infer<typeof paused>,
  ) {
    const filled = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
    const work = () => this.editor.pause(visit.actor, code, parseForm(pauseBody, { reason: '', ...filled }));
    await visit.submit(`/kenh/${code}`, 'kenh-tam-dung', work, (problem) =>
      this.showOne(visit, code, { pause: body }, problem),
    );
  }

  @Post(':code/ngung')
  async retire(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: retired }) body: z.infer<typeof retired>,
  ) {
    const work = () => this.editor.retire(visit.actor, code, parseForm(retireBody, body).reason);
    await visit.submit(`/kenh/${code}`, 'kenh-ngung', work, (problem) =>
      this.showOne(visit, code, { retire: body }, problem),
    );
  }

  @Post(':code/mo-lai')
  async resume(
    @Visit() visit: PageVisit,
    @Param('code', { schema: channelCode }) code: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    const work = () => this.editor.resume(visit.actor, code);
    await visit.submit(`/kenh/${code}`, 'kenh-mo-lai', work, (problem) => this.showOne(visit, code, {}, problem));
  }

  private async showList(visit: PageVisit, tim: string, typed?: z.infer<typeof added>, problem?: unknown) {
    const channels = await this.channels.everVisibleTo(visit.actor);
    const units = await this.units.all();
    const view = {
      rows: allChannelRows(channels, units, this.clock.now(), tim),
      search: tim,
      missing: missingLaws(await this.policies.withoutLaw()),
      formOpen: typed !== undefined,
      form: channelFormView(typed ?? emptyChannel, units, this.policies.knownPresets()),
    };
    await visit.render('channels/channel-list', 'Kênh', view, problem);
  }

  private async showOne(visit: PageVisit, code: string, typed: Typed = {}, problem?: unknown) {
    const channel = await this.channels.forActor(visit.actor, code);
    const units = await this.units.all();
    const now = this.clock.now();
    const today = localDateOf(now, channel.zone);
    const law = await this.policies.of(channel, today);
    const form = { ...emptyChannel, ...channelFormOf(channel, units), ...typed.change };
    const view = {
      ...channelEntry(channel, units, now),
      id: channel.id,
      law: law?.name ?? '',
      hours: channel.permitted.map(({ from, until }) => `${from}–${until}`).join(', '),
      windows: (await this.channels.windows([channel.id])).length,
      closures: closureRows(channel, now),
      today,
      form: channelFormView(form, units, this.policies.knownPresets()),
      pause: { open: typed.pause !== undefined, ...(typed.pause ?? { from: '', until: '', reason: '' }) },
      retire: { open: typed.retire !== undefined, reason: typed.retire?.reason ?? '' },
    };
    await visit.render('channels/channel', channel.name, view, problem);
  }
}

/** The refused form. */
interface Typed {
  change?: z.infer<typeof changed>;
  pause?: z.infer<typeof paused>;
  retire?: z.infer<typeof retired>;
}
