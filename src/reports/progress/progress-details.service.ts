import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import type { Instant } from '../../shared/clock.js';
import { notFound } from '../../shared/domain-error.js';
import type { TimeZone } from '../../shared/local-time.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Unit } from '../../people/units/unit.entity.js';
import { Clip } from '../../audio/clips/clip.entity.js';
import { Campaign } from '../../campaigns/campaign.entity.js';
import { Channel } from '../../channels/entities/channel.entity.js';
import { Post } from '../../posts/state/post.entity.js';
import type { PostState } from '../../posts/state/post.transitions.js';
import { type SlotProof, SlotProofs } from '../../proof/slot-proofs.service.js';
import { type SlotState } from '../../schedule/slots/slot.transitions.js';
import { Slot } from '../../schedule/slots/slot.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Station } from '../../stations/station.entity.js';
import type { DirectiveProgress, ProgressCell, ProgressColumn, ProgressRow } from './progress.js';
import { Progress, progressScope } from './progress.service.js';

/** Slots on one page of the detail. */
export const DETAIL_PAGE = 100;

export interface DetailSlot {
  id: string;
  title: string;
  channelName: string;
  zone: TimeZone;
  startsAt: Instant;
  endsAt: Instant;
  state: SlotState;
  proof: SlotProof | null;
}

export interface DetailPost {
  id: string;
  opening: string;
  channelName: string;
  zone: TimeZone;
  at: Instant;
  state: PostState;
  permalink: string | null;
}

/** The slots or posts behind one cell of the table. */
export interface CellDetail {
  progress: DirectiveProgress;
  column: ProgressColumn;
  row: ProgressRow;
  cell: ProgressCell;
  slots: DetailSlot[];
  /** Slots with the requested state, on all pages. */
  slotCount: number;
  posts: DetailPost[];
  /** Names of the stations that the evidence mentions. */
  stationNames: ReadonlyMap<string, string>;
}

@Injectable()
export class ProgressDetails {
  constructor(
    private readonly database: Database,
    private readonly progress: Progress,
    private readonly proofs: SlotProofs,
  ) {}

  /**
   * The slots (100 a page, oldest first) or posts of one obligation in one unit, each with its evidence. Throws 404,
   * with the same text, for a directive, obligation or unit that does not exist, that do not belong together, or that
   * the actor may not see.
   */
  async forCell(
    actor: Actor,
    directiveId: string,
    obligationId: string,
    unitCode: string,
    { state, page = 1 }: { state?: SlotState; page?: number } = {},
  ): Promise<CellDetail> {
    await this.requireOwn(actor, unitCode);
    const progress = await this.progress.forDirective(actor, directiveId);
    const n = progress.columns.findIndex((column) => column.obligationId === obligationId);
    const column = progress.columns[n];
    const row = progress.rows.find((one) => one.unitCode === unitCode);
    const cell = row?.cells[n];
    if (!column || !row || !cell) throw notFound();
    const channels = await this.database.read().findBy(Channel, { unitId: row.unitId, kind: column.channelKind });
    const posted = column.channelKind === 'fanpage';
    const { slots, slotCount } = posted
      ? { slots: [], slotCount: 0 }
      : await this.slots(obligationId, channels, state, page);
    const posts = posted ? await this.posts(directiveId, channels) : [];
    const stationNames = await this.stationNames(slots);
    return { progress, column, row, cell, slots, slotCount, posts, stationNames };
  }

  /** Checked before anything is counted: the response time must not reveal that another unit's data exists. */
  private async requireOwn(actor: Actor, code: string): Promise<void> {
    const only = progressScope(actor);
    if (only && !(await this.database.read().existsBy(Unit, { code, id: In([...only]) }))) throw notFound();
  }

  private async slots(obligationId: string, channels: readonly Channel[], state: SlotState | undefined, page: number) {
    const em = this.database.read();
    const own = { obligationId, channelId: In(channels.map(({ id }) => id)) };
    const where = state ? stateFilters(state).map((one) => ({ ...own, ...one })) : own;
    const order = { startsAt: 'ASC', id: 'ASC' } as const;
    const [rows, slotCount] = await em.findAndCount(Slot, {
      where,
      order,
      skip: (page - 1) * DETAIL_PAGE,
      take: DETAIL_PAGE,
    });
    const titles = await this.titles(rows.flatMap((slot) => slot.clipId ?? []));
    const proofs = await this.proofs.forSlots(rows.map((slot) => slot.id));
    const byId = new Map(channels.map((channel) => [channel.id, channel]));
    const slots = rows.map((slot): DetailSlot => {
      const { id, startsAt, endsAt } = slot;
      const channel = byId.get(slot.channelId);
      const where = { channelName: channel?.name ?? '', zone: channel?.zone ?? '' };
      return {
        id,
        title: slot.title ?? titles.get(slot.clipId ?? '') ?? '',
        ...where,
        startsAt,
        endsAt,
        state: slot.state,
        proof: proofs.get(id) ?? null,
      };
    });
    return { slots, slotCount };
  }

  private async titles(clipIds: readonly string[]): Promise<Map<string, string>> {
    if (clipIds.length === 0) return new Map();
    const rows: { id: string; title: string }[] = await this.database
      .read()
      .createQueryBuilder(Clip, 'clip')
      .innerJoin(ScriptVersion, 'version', 'version.id = clip.scriptVersionId')
      .select('clip.id', 'id')
      .addSelect('version.title', 'title')
      .where('clip.id IN (:...ids)', { ids: [...new Set(clipIds)] })
      .getRawMany();
    return new Map(rows.map(({ id, title }) => [id, title]));
  }

  private async posts(directiveId: string, channels: readonly Channel[]): Promise<DetailPost[]> {
    const byId = new Map(channels.map((channel) => [channel.id, channel]));
    const posts = await this.database
      .read()
      .createQueryBuilder(Post, 'post')
      .innerJoin(Campaign, 'campaign', 'campaign.id = post.campaignId')
      .where('campaign.directiveId = :directiveId', { directiveId })
      .orderBy('post.dueAt')
      .addOrderBy('post.id')
      .limit(DETAIL_PAGE)
      .getMany();
    return posts.flatMap(({ id, message, channelId, state, permalink, publishedAt, dueAt }): DetailPost[] => {
      const channel = byId.get(channelId);
      if (!channel) return [];
      const opening = message.split('\n', 1)[0]?.slice(0, 120) ?? '';
      const where = { channelName: channel.name, zone: channel.zone };
      return [{ id, opening, ...where, at: publishedAt ?? dueAt, state, permalink }];
    });
  }

  private async stationNames(slots: readonly DetailSlot[]): Promise<Map<string, string>> {
    const ids = slots.flatMap(({ proof }) => proof?.runs.flatMap(({ stationId }) => stationId ?? []) ?? []);
    if (ids.length === 0) return new Map();
    const stations = await this.database.read().findBy(Station, { id: In([...new Set(ids)]) });
    return new Map(stations.map(({ id, name }) => [id, name]));
  }
}

/** As the cell counts them: a miss that is not final counts as waiting. */
function stateFilters(state: SlotState) {
  if (state === 'missed') return [{ state, evidenceUntil: IsNull() }];
  return state === 'planned' ? [{ state }, { state: 'missed' as const, evidenceUntil: Not(IsNull()) }] : [{ state }];
}
