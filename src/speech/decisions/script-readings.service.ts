import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { Database } from '../../database/database.js';
import { type Actor, mayRead } from '../../people/access/actor.js';
import { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { TextNormalizer } from '../normalizer/text-normalizer.service.js';
import type { Reading } from '../reading/text/reading.js';
import { ReadingDecision } from './reading-decision.entity.js';

export interface ScriptReading {
  script: Script;
  version: ScriptVersion;
  reading: Reading;
  /** Newest first; includes decisions that no longer match the text. */
  decisions: ReadingDecision[];
}

/** The reading of a script version, with its ward's lexicons and settings and the decisions about this script. */
@Injectable()
export class ScriptReadings {
  constructor(
    private readonly database: Database,
    private readonly normalizer: TextNormalizer,
  ) {}

  /** Throws 404. With an `actor` it checks access before it reads the text. */
  async of(
    versionId: string,
    em: EntityManager = this.database.read(),
    actor: Actor | null = null,
  ): Promise<ScriptReading> {
    const version = await em.findOneBy(ScriptVersion, { id: versionId });
    const script = version && (await em.findOneBy(Script, { id: version.scriptId }));
    if (!version || !script || (actor && !mayRead(actor, script.unitId))) throw notFound();
    const decisions = await this.decisionsOf(em, script.id);
    const reader = await this.normalizer.of(em, script.unitId);
    return { script, version, reading: reader.read(version.body, decisions), decisions };
  }

  /**
   * Decisions that were not withdrawn, newest first: a newer one takes precedence over an older one about the same
   * words.
   */
  decisionsOf(em: EntityManager, scriptId: string): Promise<ReadingDecision[]> {
    return em.find(ReadingDecision, {
      where: { scriptId, removedAt: IsNull() },
      order: { decidedAt: 'DESC', id: 'DESC' },
    });
  }

  /** The spoken text of a version. Throws 404; `reading-undecided` (422) while a part of it would not be spoken. */
  async spoken(versionId: string, em?: EntityManager): Promise<string> {
    const { reading } = await this.of(versionId, em);
    requireDecided(reading);
    return reading.spoken;
  }
}

/** Throws `reading-undecided` (422) with each stretch that would not be spoken, so that no text is dropped silently. */
export function requireDecided(reading: Reading): void {
  const leftOver = reading.warnings.filter(({ kind }) => kind === 'left-over');
  if (leftOver.length === 0) return;
  const list = [...new Set(leftOver.map(({ source }) => source))].join('  ');
  throw new DomainError(
    'invalid',
    'reading-undecided',
    {
      vi: `Có ký hiệu chưa biết đọc: ${list}. Xin quyết định đọc là gì hoặc bỏ qua, rồi làm tiếp.`,
      en: `Nothing reads: ${list}. Decide how it is read, or that it is passed over.`,
    },
    { leftOver: leftOver.map(({ start, end, source }) => ({ start, end, source })) },
  );
}
