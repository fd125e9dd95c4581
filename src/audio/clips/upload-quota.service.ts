import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Clip } from './clip.entity.js';
import { KEPT_FOR_RETRY_MS } from '../store/upload-store.js';

const DAY_MS = 86_400_000;
/** So long an unused recording counts. Nobody then thinks of it as waiting, and the reserve of free space still guards the disk. */
export const COUNTED_DAYS = 30;
/** An emergency is not stopped by what its sender left lying about, but neither is it without bound. */
const URGENT_FACTOR = 2;

const COUNTED_BYTES = [
  'CASE',
  "WHEN clip.state = 'waiting' OR (clip.state = 'failed' AND clip.createdAt > :retried) THEN clip.uploadBytes",
  "WHEN clip.state = 'ready' THEN clip.bytes",
  'ELSE 0 END',
].join(' ');

/**
 * How many bytes of recordings one person may have waiting or unused. Counted is what a recording takes on the disk: the file as it
 * came while its clip waits or may be tried again, then the finished clip until its version is approved, at most `COUNTED_DAYS`.
 */
@Injectable()
export class UploadQuota {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  async usedBytes(em: EntityManager, accountId: string): Promise<number> {
    const now = this.clock.now();
    const row = await em
      .createQueryBuilder(Clip, 'clip')
      .innerJoin(ScriptVersion, 'version', 'version.id = clip.scriptVersionId')
      .select(`COALESCE(SUM(${COUNTED_BYTES}), 0)`, 'used')
      .where('clip.uploadedBy = :accountId AND clip.createdAt > :counted', {
        accountId,
        counted: now - COUNTED_DAYS * DAY_MS,
        retried: now - KEPT_FOR_RETRY_MS,
      })
      .andWhere("version.state <> 'approved'")
      .getRawOne<{ used: string | number }>();
    return Number(row?.used ?? 0);
  }

  /** What is left, and the sentence for more. */
  async left(
    em: EntityManager,
    accountId: string,
    urgent: boolean,
  ): Promise<{ bytes: number; refusal: () => DomainError }> {
    const most = this.config.uploadQuotaBytes * (urgent ? URGENT_FACTOR : 1);
    const used = await this.usedBytes(em, accountId);
    return { bytes: most - used, refusal: () => quotaUsed(used, most) };
  }
}

function quotaUsed(usedBytes: number, quotaBytes: number): DomainError {
  const [used, most] = [usedBytes, quotaBytes].map((bytes) => Math.round(bytes / 1_000_000));
  return new DomainError(
    'conflict',
    'upload-quota',
    {
      vi: `Bạn đang để ${used} MB bản thu chờ hoặc chưa dùng, mỗi người được nhiều nhất ${most} MB, nên tệp này không còn chỗ. Chỗ được trả lại khi bài được duyệt, hoặc sau ${COUNTED_DAYS} ngày; gửi tệp mp3 thay cho wav thì nhẹ hơn nhiều.`,
      en: `You have ${used} MB of recordings that wait or are not used yet, at most ${most} MB are allowed, so there is no room for this file. Room comes back when a version is approved, or after ${COUNTED_DAYS} days; an mp3 is much smaller than a wav.`,
    },
    { usedBytes, quotaBytes },
  );
}
