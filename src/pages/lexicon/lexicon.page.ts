import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Config } from '../../config/config.js';
import { Roles, SignedIn } from '../../people/access/access.js';
import { hasRole } from '../../people/access/actor.js';
import { Units } from '../../people/units/units.service.js';
import { mayEditSpeech, maySeeSpeech } from '../../speech/scope/speech-permissions.js';
import { LexiconList } from '../../speech/lexicon/lexicon-list.service.js';
import { Lexicons } from '../../speech/lexicon/lexicons.service.js';
import { formLine, rowId } from '../forms/fields.js';
import { asFormError } from '../forms/form-error.js';
import { PageVisit } from '../visit/page-visit.js';
import { Visit } from '../visit/visit.decorator.js';
import {
  emptyLexiconForm,
  lexiconFormOf,
  lexiconPages,
  lexiconRows,
  speechScopes,
  parseLexiconForm,
} from './lexicon.view.js';

const PER_PAGE = 100;
const search = z.object({
  tim: formLine(100).catch('').default(''),
  /** A unit's id, 'centre', 'built-in'. */
  cua: formLine(36).catch('').default(''),
  xem: z.literal('da-xoa').optional().catch(undefined),
  tu: z.coerce.number().int().min(0).max(1_000_000).catch(0).default(0),
  /** The entry that was just removed, for the undo button. */
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

/** Từ điển đọc: how wards, the centre and the built-in rules read a written form. */
@ApiExcludeController()
@Controller('tu-dien')
@Roles('editor', 'operator', 'admin')
export class LexiconPage {
  constructor(
    private readonly lexicons: Lexicons,
    private readonly lexiconList: LexiconList,
    private readonly units: Units,
    private readonly config: Config,
  ) {}

  @Get()
  @SignedIn()
  async list(@Visit() visit: PageVisit, @Query({ schema: search }) query: Search) {
    await this.showList(visit, query);
  }

  @Post()
  async add(@Visit() visit: PageVisit, @Body({ schema: added }) body: z.infer<typeof added>) {
    try {
      const unitId = body.owner === 'centre' ? null : rowId.parse(body.owner);
      const words = parseLexiconForm({ ...body, anyCase: body.anyCase === 'co' });
      const { written } = await this.lexicons.add(visit.actor, unitId, words);
      return await visit.redirect(`/tu-dien?tim=${encodeURIComponent(written)}`, 'da-luu');
    } catch (error) {
      await this.showList(visit, search.parse({}), body, asFormError(error));
    }
  }

  @Get(':id')
  async one(@Visit() visit: PageVisit, @Param('id', { schema: rowId }) id: string) {
    await this.showOne(visit, id);
  }

  @Post(':id')
  async change(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: changed }) { seen, ...body }: z.infer<typeof changed>,
  ) {
    const work = () =>
      this.lexicons.change(visit.actor, id, seen, parseLexiconForm({ ...body, anyCase: body.anyCase === 'co' }));
    await visit.submit(`/tu-dien/${id}`, 'da-luu', work, (problem) =>
      this.showOne(visit, id, { ...body, seen }, problem),
    );
  }

  /** Removal is reversible: the list shows the removed entry with an undo button. */
  @Post(':id/xoa')
  async remove(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    await this.lexicons.remove(visit.actor, id);
    await visit.redirect(`/tu-dien?vua=${id}`, 'da-xoa');
  }

  @Post(':id/khoi-phuc')
  async restore(
    @Visit() visit: PageVisit,
    @Param('id', { schema: rowId }) id: string,
    @Body({ schema: none }) _body: z.infer<typeof none>,
  ) {
    const work = () => this.lexicons.restore(visit.actor, id);
    await visit.submit(`/tu-dien/${id}`, 'da-khoi-phuc', work, (problem) =>
      this.showList(visit, search.parse({ xem: 'da-xoa' }), undefined, problem),
    );
  }

  private async showList(visit: PageVisit, { tim, cua, xem, tu, vua }: Search, typed?: Typed, problem?: unknown) {
    const filter = { search: tim, removed: xem !== undefined, offset: tu, limit: PER_PAGE };
    const { entries, total } = await this.lexiconList.list(visit.actor, cua ? { ...filter, owner: cua } : filter);
    const units = await this.units.all();
    const mayEdit = (unitId: string | null) => mayEditSpeech(visit.actor, unitId);
    const editableScopes = speechScopes(units, typed?.owner ?? '', mayEdit);
    const undone = vua ? await this.lexiconList.one(visit.actor, vua) : null;
    const view = {
      rows: lexiconRows(entries, this.config.timeZone),
      total: String(total),
      search: tim,
      removed: xem !== undefined,
      filtered: tim !== '' || cua !== '',
      owners: speechScopes(units, cua, (unitId) => maySeeSpeech(visit.actor, unitId), true),
      editableScopes,
      mayAdd: editableScopes.length > 0,
      form: typed ? { ...emptyLexiconForm, ...typed, anyCase: typed.anyCase === 'co' } : emptyLexiconForm,
      formOpen: typed !== undefined,
      undo: undone?.removedAt && undone.mayChange ? { id: vua, written: undone.written } : null,
      ...lexiconPages({ tim, cua, xem: xem ?? '' }, tu, PER_PAGE, total),
    };
    await visit.render('lexicon/lexicon-list', 'Từ điển đọc', view, problem);
  }

  private async showOne(visit: PageVisit, id: string, typed?: Typed & { seen: number }, problem?: unknown) {
    const entry = await this.lexiconList.one(visit.actor, id);
    const form = typed ? { ...lexiconFormOf(entry), ...typed, anyCase: typed.anyCase === 'co' } : lexiconFormOf(entry);
    const seen = String(typed?.seen ?? entry.changedAt ?? 0);
    const view = {
      ...lexiconRows([entry], this.config.timeZone)[0],
      form,
      seen,
      audited: hasRole(visit.actor, 'admin'),
    };
    await visit.render('lexicon/lexicon', entry.written, view, problem);
  }
}
