import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles, SignedIn } from '../../people/access.js';
import { type Actor, hasRole } from '../../people/actor.js';
import { Me } from '../../people/request.js';
import { Units } from '../../people/units.service.js';
import { mayKeepSpeech, maySeeSpeech } from '../../speech/keep-speech.js';
import { LexiconList } from '../../speech/lexicon/lexicon-list.service.js';
import { Lexicons } from '../../speech/lexicon/lexicons.service.js';
import { formLine, rowId } from '../fields.js';
import { Pages, seeOther, shown } from '../page-frame.js';
import { emptyForm, formOf, lexiconPages, lexiconRows, owners, wordsOf } from './lexicon.view.js';

const PER_PAGE = 100;
const search = z.object({
  tim: formLine(100).catch('').default(''),
  /** A unit's id, 'centre', 'built-in'. */
  cua: formLine(36).catch('').default(''),
  xem: z.literal('da-xoa').optional().catch(undefined),
  tu: z.coerce.number().int().min(0).max(1_000_000).catch(0).default(0),
  /** What was removed a moment ago, and can be taken back with one press. */
  vua: rowId.catch('').default(''),
});
type Search = z.infer<typeof search>;
const fields = {
  written: formLine(200),
  spoken: formLine(400),
  before: formLine(330).default(''),
  after: formLine(330).default(''),
  anyCase: z.literal('co').optional(),
};
const added = z.strictObject({ owner: formLine(36), ...fields });
const changed = z.strictObject({ seen: z.coerce.number().int(), ...fields });
const none = z.object({});
type Typed = { owner?: string } & Omit<z.infer<typeof changed>, 'seen'>;

/** Từ điển đọc: how the wards, the centre and the house read a written form. */
@ApiExcludeController()
@Controller('tu-dien')
@Roles('editor', 'operator', 'admin')
export class LexiconPage {
  constructor(
    private readonly pages: Pages,
    private readonly lexicons: Lexicons,
    private readonly shelf: LexiconList,
    private readonly units: Units,
    private readonly config: Config,
  ) {}

  @Get()
  @SignedIn()
  async list(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query({ schema: search }) query: Search,
  ) {
    await this.showList(actor, request, reply, query);
  }

  @Post()
  async add(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Body({ schema: added }) body: z.infer<typeof added>,
  ) {
    try {
      const unitId = body.owner === 'centre' ? null : rowId.parse(body.owner);
      const words = wordsOf({ ...body, anyCase: body.anyCase === 'co' });
      const { written } = await this.lexicons.add(actor, unitId, words);
      return await seeOther(reply, `/tu-dien?tim=${encodeURIComponent(written)}`, 'da-luu');
    } catch (error) {
      await this.showList(actor, request, reply, search.parse({}), body, shown(error));
    }
  }

  @Get(':id')
  async one(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
  ) {
    await this.showOne(actor, request, reply, id);
  }

  @Post(':id')
  async change(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: changed }) { seen, ...body }: z.infer<typeof changed>,
  ) {
    try {
      await this.lexicons.change(actor, id, seen, wordsOf({ ...body, anyCase: body.anyCase === 'co' }));
      return await seeOther(reply, `/tu-dien/${id}`, 'da-luu');
    } catch (error) {
      await this.showOne(actor, request, reply, id, { ...body, seen }, shown(error));
    }
  }

  /** Nothing is lost: the list says what was removed, with a button that takes it back. */
  @Post(':id/xoa')
  async remove(
    @Me() actor: Actor,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    await this.lexicons.remove(actor, id);
    await seeOther(reply, `/tu-dien?vua=${id}`, 'da-xoa');
  }

  @Post(':id/khoi-phuc')
  async restore(
    @Me() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    try {
      await this.lexicons.restore(actor, id);
      return await seeOther(reply, `/tu-dien/${id}`, 'da-khoi-phuc');
    } catch (error) {
      await this.showList(actor, request, reply, search.parse({ xem: 'da-xoa' }), undefined, shown(error));
    }
  }

  private async showList(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    { tim, cua, xem, tu, vua }: Search,
    typed?: Typed,
    problem?: unknown,
  ) {
    const filter = { search: tim, removed: xem !== undefined, offset: tu, limit: PER_PAGE };
    const { entries, total } = await this.shelf.list(actor, cua ? { ...filter, owner: cua } : filter);
    const units = await this.units.all();
    const mayKeep = (unitId: string | null) => mayKeepSpeech(actor, unitId);
    const keepers = owners(units, typed?.owner ?? '', mayKeep);
    const undone = vua ? await this.shelf.one(actor, vua) : null;
    const view = {
      rows: lexiconRows(entries, this.config.timeZone),
      total: String(total),
      search: tim,
      removed: xem !== undefined,
      filtered: tim !== '' || cua !== '',
      owners: owners(units, cua, (unitId) => maySeeSpeech(actor, unitId), true),
      keepers,
      mayAdd: keepers.length > 0,
      form: typed ? { ...emptyForm, ...typed, anyCase: typed.anyCase === 'co' } : emptyForm,
      formOpen: typed !== undefined,
      undo: undone?.removedAt && undone.mayChange ? { id: vua, written: undone.written } : null,
      ...lexiconPages({ tim, cua, xem: xem ?? '' }, tu, PER_PAGE, total),
    };
    await this.pages.send(request, reply, 'lexicon/lexicon-list', 'Từ điển đọc', view, problem);
  }

  private async showOne(
    actor: Actor,
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    typed?: Typed & { seen: number },
    problem?: unknown,
  ) {
    const entry = await this.shelf.one(actor, id);
    const form = typed ? { ...formOf(entry), ...typed, anyCase: typed.anyCase === 'co' } : formOf(entry);
    const seen = String(typed?.seen ?? entry.changedAt ?? 0);
    const view = { ...lexiconRows([entry], this.config.timeZone)[0], form, seen, audited: hasRole(actor, 'admin') };
    await this.pages.send(request, reply, 'lexicon/lexicon', entry.written, view, problem);
  }
}
