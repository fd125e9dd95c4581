import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { ScriptVersion } from '../../scripts/script-version.entity.js';
import { Clip } from './clip.entity.js';
import { KEPT_FOR_RETRY_MS } from '../store/upload-store.js';

const DAY_MS = 86_400_000;
/**
 * How many days an unused recording counts. After that people no longer see it as waiting, and the reserve of free
 * space still protects the disk.
 */
export const COUNTED_DAYS = 30;
/** In an emergency the limit is this much larger: unused recordings do not block the sender, but some limit remains. */
const URGENT_FACTOR = 2;

const COUNTED_BYTES = [
  'CASE',
  "WHEN clip.state = 'waiting' OR (clip.state = 'failed' AND clip.createdAt > :retried) THEN clip.uploadBytes",
  "WHEN clip.state = 'ready' THEN clip.bytes",
  'ELSE 0 END',
].join(' ');

/**
 * Bytes of recordings that one person may have waiting or unused. A recording counts with its size on the disk: the
 * uploaded file while its clip waits or may be tried again, then the finished clip until its version is approved, at
 * most `COUNTED_DAYS`.
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
      .andWhere("version.state NOT IN ('approved', 'stopped')")
      .getRawOne<{ used: string | number }>();
    return Number(row?.used ?? 0);
  }

  /** The remaining bytes, and the error for a larger upload. */
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
