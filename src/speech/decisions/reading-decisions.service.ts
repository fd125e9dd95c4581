import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError, notFound } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import type { Actor } from '../../people/access/actor.js';
import { Audit } from '../../people/audit/audit.js';
import { holdVersion } from '../../scripts/hold-version.js';
import type { Script } from '../../scripts/script.entity.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Lexicons } from '../lexicon/lexicons.service.js';
import { problemOfSpoken } from '../reading/lexicon/lexicon-file.js';
import { anchorOf } from '../reading/place-decisions.js';
import { ReadingDecision } from './reading-decision.entity.js';
import { ScriptReadings } from './script-readings.service.js';

/**
 * 'here': this occurrence only; 'script': every occurrence in this script; 'unit', 'centre': always, as a lexicon
 * entry.
 */
export const decisionScopes = ['here', 'script', 'unit', 'centre'] as const;
export type DecisionScope = (typeof decisionScopes)[number];

export interface NewDecision {
  /** UTF-16 offsets of the version's text. */
  start: number;
  end: number;
  /** The text that the editor saw there; a different text is refused. */
  source: string;
  /** Words; null skips the form. */
  spoken: string | null;
  where: DecisionScope;
  /** Used for a lexicon entry only. */
  matchCase: 'exact' | 'any';
}

const FORM = 300;

/** Decisions of editors about how a stretch of a script is read, for one occurrence or for all. */
@Injectable()
export class ReadingDecisions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly readings: ScriptReadings,
    private readonly lexicons: Lexicons,
  ) {}

  /**
   * Throws 404; `text-moved` (412) when the stretch differs from `source`; `bad-spoken`, `needs-words`, `no-unit`
   * (422); `not-a-draft` (409) for 'here' and 'script' once the version was submitted.
   */
  async decide(actor: Actor, versionId: string, decision: NewDecision): Promise<void> {
    const { script, version } = await this.readings.of(versionId);
    const { start, end, spoken, where, matchCase } = decision;
    const source = version.body.slice(start, end);
    if (source !== decision.source || source.trim() === '' || source.length > FORM) throw textMoved();
    const words = spoken?.normalize('NFC').trim().replace(/\s+/g, ' ') ?? '';
    const problem = spoken === null ? undefined : problemOfSpoken(source, words);
    if (problem) throw new DomainError('invalid', 'bad-spoken', problem);
    await this.database.write(async (tx) => {
      await holdVersion(tx, version.id);
      if (where === 'here' || where === 'script') {
        await requireDraft(tx, version.id);
        await this.insert(
          tx,
          actor,
          script,
          source,
          words,
          where === 'here' ? anchorOf(version.body, start, end) : null,
        );
        return;
      }
      if (words === '') throw needsWords();
      const owner = where === 'centre' ? null : unitOf(script);
      const entry = { written: source, spoken: words, matchCase, before: [], after: [] };
      await this.lexicons.always(tx, actor, owner, entry);
    });
  }

  /** Withdraws a decision. Throws 404, `not-a-draft` (409). */
  async undo(actor: Actor, versionId: string, decisionId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await holdVersion(tx, versionId);
      const version = await requireDraft(tx, versionId);
      const row = await tx.findOneBy(ReadingDecision, { id: decisionId, scriptId: version.scriptId });
      if (!row) throw notFound();
      if (row.removedAt !== null) return;
      await tx.update(ReadingDecision, { id: row.id }, { removedAt: this.clock.now(), removedBy: actor.accountId });
      await this.record(tx, actor, 'reading.undecided', row);
    });
  }

  private async insert(
    tx: EntityManager,
    actor: Actor,
    { id: scriptId }: Script,
    source: string,
    spoken: string,
    anchor: ReadingDecision['anchor'],
  ): Promise<void> {
    const decidedAt = this.clock.now();
    const by = { decidedAt, decidedBy: actor.accountId, removedAt: null, removedBy: null };
    const row: ReadingDecision = { id: newId(decidedAt), scriptId, source, spoken, anchor, ...by };
    await tx.insert(ReadingDecision, row as object);
    await this.record(tx, actor, 'reading.decided', row);
  }

  private async record(tx: EntityManager, actor: Actor, action: string, row: ReadingDecision): Promise<void> {
    const { id: entityId, scriptId, source, spoken, anchor } = row;
    const after = { scriptId, source, spoken, only: anchor === null ? 'script' : 'here' };
    await this.audit.record(tx, actor, { action, entity: 'reading_decision', entityId, after });
  }
}

async function requireDraft(tx: EntityManager, versionId: string): Promise<ScriptVersion> {
  const version = await tx.findOneBy(ScriptVersion, { id: versionId });
  if (!version) throw notFound();
  if (version.state === 'draft') return version;
  throw new DomainError('conflict', 'not-a-draft', {
    vi: 'Chỉ sửa được bản đọc của bản nháp. Xin lập phiên bản mới rồi sửa.',
    en: 'Only the reading of a draft is corrected. Write a new version first.',
  });
}

function unitOf(script: Script): string {
  if (script.unitId !== null) return script.unitId;
  throw new DomainError('invalid', 'no-unit', {
    vi: 'Bài này dùng chung cho cả thành phố: hãy chọn "luôn đọc như vậy ở cả trung tâm".',
    en: 'This script is for the whole city: choose the centre.',
  });
}

function needsWords(): DomainError {
  return new DomainError('invalid', 'needs-words', {
    vi: 'Từ điển cần một cách đọc; bỏ qua thì chỉ bỏ qua được trong bài này.',
    en: 'A lexicon needs words; passing over holds in one script only.',
  });
}

function textMoved(): DomainError {
  return new DomainError('stale', 'text-moved', {
    vi: 'Đoạn được chọn không còn như lúc xem. Xin tải lại.',
    en: 'The stretch is not what was seen. Reload.',
  });
}
