import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { EntityManager } from 'typeorm';
import { DomainError, type Sentence } from '../shared/domain-error.js';
import { newSecret } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { holdHouse, houseRow } from '../database/house-row.js';
import { StorageError } from '../database/disk/storage-fault.js';
import { House, type PassiveReason } from '../database/house.entity.js';

/** How late a server sees what another process has written to the `house` row. */
const REFRESH_MS = 1_000;
/** After how many seconds a station that was told to wait asks again. */
const WAIT_SECONDS = 60;

export const passiveSentences: Record<PassiveReason, Sentence> = {
  restored: {
    vi: 'Bản khôi phục, chưa kích hoạt: không đăng bài, không kết luận lượt phát, không gửi danh sách phát cho trạm.',
    en: 'A restored copy that nobody has activated: it posts nothing, settles nothing and sends stations no playlists.',
  },
  superseded: {
    vi: 'Bản này đã tự dừng: có một bản mới hơn của hệ thống đang chạy. Không đăng bài, không kết luận lượt phát, không gửi danh sách phát.',
    en: 'This copy has stopped: a newer copy of the house is running. It posts nothing, settles nothing and sends no playlists.',
  },
  twin: {
    vi: 'Bản này đã tự dừng: có hai bản của hệ thống cùng chạy. Không đăng bài, không kết luận lượt phát, không gửi danh sách phát.',
    en: 'This copy has stopped: two copies of the house are running. It posts nothing, settles nothing and sends no playlists.',
  },
};

/**
 * Which copy of the installation this is, and whether it may act (database/README.md). Belongs to the database, so that
 * several servers on one PostgreSQL are one copy. Cached in memory and read again every second.
 */
@Injectable()
export class HouseCopy implements OnModuleInit {
  private readonly log = new Logger('House');
  private row!: House;

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  get state(): Readonly<House> {
    return this.row;
  }

  get passive(): PassiveReason | null {
    return this.row.passiveSince === null ? null : (this.row.passiveReason ?? 'restored');
  }

  /** Throws `house-passive` (503), which stations understand. */
  requireActive(): void {
    const reason = this.passive;
    if (reason)
      throw new DomainError('unavailable', 'house-passive', passiveSentences[reason], {
        reason,
        seconds: WAIT_SECONDS,
      });
  }

  /** A server starts. Two copies of the same files continue from the same count, each with a random mark of its own. */
  async begin(): Promise<void> {
    const count = (tx: EntityManager, { id, starts }: House) =>
      tx.update(House, { id }, { starts: starts + 1, startMark: newSecret(9) });
    try {
      await this.change(count);
    } catch (error) {
      // A full disk is no reason not to start.
      if (!(error instanceof StorageError)) throw error;
      this.log.warn(`This start is not counted: ${String(error)}`);
    }
  }

  /** Writes the row in a transaction of its own and updates the cached row. */
  async change(work: (tx: EntityManager, row: House) => Promise<unknown>): Promise<void> {
    await this.database.write(async (tx) => work(tx, await holdHouse(tx)));
    await this.refresh();
  }

  async refresh(): Promise<void> {
    const before = (this.row as House | undefined)?.passiveSince ?? null;
    this.row = await houseRow(this.database.read());
    const { passive } = this;
    if (passive && before === null) this.log.error(passiveSentences[passive].en);
    if (!passive && before !== null) this.log.warn('This copy of the house is active.');
  }

  @Interval(REFRESH_MS)
  wake(): void {
    // While the database does not answer, nothing can be done anyway.
    this.refresh().catch(() => undefined);
  }
}
