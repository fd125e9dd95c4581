import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { Clock } from '../../shared/clock.js';
import { addDays, localDateOf } from '../../shared/local-time.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { sentenceCacheOf } from '../../speech/voices/voice-registry.js';
import { Clip } from '../clips/clip.entity.js';
import { sweepOrphanClips } from '../store/orphan-clips.js';
import { StationIdent } from '../idents/station-ident.entity.js';
import { renderCacheOf } from '../render/toolchain.js';
import { ToolchainService } from '../render/toolchain.service.js';
import { KEPT_FOR_RETRY_MS, UploadStore } from '../store/upload-store.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days that the file of a station ident is kept after its day; the words and the proof of play stay for good. */
const IDENT_DAYS = 35;
/** Size limit of each cache, bytes: six hours of sentences, twenty of mp3. */
const CACHE_BYTES = 1_000_000_000;

/**
 * Limits the media folder: at start and once an hour, removes the leftovers of dead jobs and the oldest entries of a
 * full cache.
 */
@Injectable()
export class MediaCleanup implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Media');
  private cleaning: Promise<void> | undefined;

  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly toolchain: ToolchainService,
  ) {}

  onApplicationBootstrap(): void {
    this.tidy();
  }

  @Interval(HOUR_MS)
  tidy(): void {
    this.cleaning ??= this.clean().finally(() => (this.cleaning = undefined));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.cleaning;
  }

  /** An unreadable or read-only folder is only logged here; making a clip reports it to the user. */
  private async clean(): Promise<void> {
    try {
      const folders = await this.toolchain.store.sweep(HOUR_MS);
      const sentences = await sentenceCacheOf(this.config).trim(CACHE_BYTES);
      const uploads = await new UploadStore(this.config.mediaDir).sweep(HOUR_MS, (id) => this.needsRecording(id));
      const made = await renderCacheOf(this.config).trim(CACHE_BYTES);
      await this.dropOldIdents();
      const orphans = await sweepOrphanClips(this.config.mediaDir, DAY_MS, (some) => this.named(some));
      if (folders + sentences + uploads + made + orphans > 0)
        this.log.log(
          `Removed ${folders} folders of dead jobs, ${uploads} recordings, ${orphans} clips of nobody, ${sentences} old sentences and ${made} old parts.`,
        );
    } catch (error) {
      this.log.warn(`The media folder could not be tidied: ${String(error)}`);
    }
  }

  /** Idents are made daily and not needed after their day: a year of a city would be two gigabytes. */
  private async dropOldIdents(): Promise<void> {
    const now = this.clock.now();
    const date = LessThan(addDays(localDateOf(now, this.config.timeZone), -IDENT_DAYS));
    const old = { date, sha256: Not(IsNull()), droppedAt: IsNull() };
    if (!(await this.database.read().existsBy(StationIdent, old))) return;
    await this.database.write((tx) => tx.update(StationIdent, old, { droppedAt: now, peaks: null }));
  }

  /**
   * A clip that failed because of its recording has already lost the recording; one that failed for another reason may
   * be tried again.
   */
  needsRecording(id: string): Promise<boolean> {
    const createdAt = MoreThan(this.clock.now() - KEPT_FOR_RETRY_MS);
    return this.database.read().existsBy(Clip, [
      { id, state: 'waiting' },
      { id, state: 'failed', createdAt },
    ]);
  }

  private async named(sha256s: string[]): Promise<Set<string>> {
    const em = this.database.read();
    const where = { sha256: In(sha256s) };
    const rows = [
      ...(await em.find(Clip, { select: { sha256: true }, where })),
      ...(await em.find(StationIdent, { select: { sha256: true }, where: { ...where, droppedAt: IsNull() } })),
    ];
    return new Set(rows.flatMap(({ sha256 }) => sha256 ?? []));
  }
}
