import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { Database } from '../../database/database.js';
import { Job } from '../../jobs/job.entity.js';
import type { JobState } from '../../jobs/job.transitions.js';
import { Unit } from '../../people/units/unit.entity.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Clip } from '../clips/clip.entity.js';
import { RENDER_CLIP } from '../clips/render-clip.job.js';
import { StationIdent } from '../idents/station-ident.entity.js';
import { RENDER_STATION_IDENT } from '../idents/ident-orders.service.js';

const DAY_MS = 86_400_000;
const MOST = 500;

/** One clip or ident that is being made, waits for it, or failed. */
export interface Rendering {
  /** Of the clip or the station ident. */
  readonly id: string;
  readonly what: 'clip' | 'station-call';
  readonly title: string;
  readonly profile: string;
  readonly state: JobState;
  readonly stage: string | null;
  readonly percent: number;
  readonly reason: string | null;
  readonly priority: number;
  readonly attempt: number;
  /** For a clip. */
  readonly versionId?: string;
  readonly askedAt: Instant;
}

/** The render queue, for the administrator. */
@Injectable()
export class RenderBoard {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Running and waiting renders in order of execution, then those that failed or were stopped in the last day. At most
   * 500.
   */
  async list(): Promise<Rendering[]> {
    const em = this.database.read();
    const name = In([RENDER_CLIP, RENDER_STATION_IDENT]);
    const ended = { state: In(['failed', 'cancelled']), finishedAt: MoreThan(this.clock.now() - DAY_MS) };
    const jobs = await em.find(Job, {
      where: [
        { name, state: In(['waiting', 'running']) },
        { name, ...ended },
      ],
      order: { priority: 'ASC', createdAt: 'ASC', id: 'ASC' },
      take: MOST,
    });
    const keys = jobs.map(({ key }) => key);
    const subjects = new Map([...(await this.clips(keys)), ...(await this.idents(keys))]);
    const rows = jobs.flatMap((job) => {
      const subject = subjects.get(job.key);
      const { key: id, state, stage, percent, reason, priority, attempt, createdAt: askedAt } = job;
      return subject ? [{ id, ...subject, state, stage, percent, reason, priority, attempt, askedAt }] : [];
    });
    return rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  }

  private async clips(ids: string[]): Promise<[string, Subject][]> {
    if (ids.length === 0) return [];
    const rows = await this.database
      .read()
      .createQueryBuilder(Clip, 'clip')
      .innerJoin(ScriptVersion, 'version', 'version.id = clip.scriptVersionId')
      .innerJoin(Script, 'script', 'script.id = version.scriptId')
      .where('clip.id IN (:...ids)', { ids })
      .select(['clip.id AS id', 'clip.profile AS profile', 'version.id AS version', 'version.title AS title'])
      .getRawMany<{ id: string; profile: string; version: string; title: string }>();
    return rows.map(({ id, profile, version, title }) => [id, { what: 'clip', title, profile, versionId: version }]);
  }

  private async idents(ids: string[]): Promise<[string, Subject][]> {
    const em = this.database.read();
    const idents = await em.findBy(StationIdent, { id: In(ids) });
    const units = await em.findBy(Unit, { id: In(idents.map(({ unitId }) => unitId)) });
    return idents.map(({ id, unitId, date, part, profile }) => {
      const place = units.find((unit) => unit.id === unitId)?.name ?? '';
      const title = `${part === 'opening' ? 'Lời giới thiệu đài mở đầu' : 'Lời chào kết thúc'} ${place} ${date}`;
      return [id, { what: 'station-call', title, profile }];
    });
  }
}

type Subject = Pick<Rendering, 'what' | 'title' | 'profile' | 'versionId'>;

const order: readonly JobState[] = ['running', 'waiting', 'failed', 'cancelled', 'done'];
