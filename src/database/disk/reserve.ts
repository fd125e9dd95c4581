import { Injectable } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';
import { Config } from '../../config/config.js';
import { FreeSpace } from './free-space.js';

export interface SpaceRequest {
  /** Bytes that are about to be written. */
  readonly need?: number;
  /** An emergency may use the reserve, except the part kept for the database. */
  readonly urgent?: boolean;
  /** Measure now instead of reusing the last second's measurement. */
  readonly fresh?: boolean;
}

/**
 * Refuses writes that would use up the free space kept for the database and for emergencies (`config.reserve`; refuses
 * nothing when it is not set).
 */
@Injectable()
export class Reserve {
  constructor(
    private readonly config: Config,
    private readonly space: FreeSpace,
  ) {}

  /** Throws `no-room` (503). */
  async require(folder: string, { need = 0, urgent = false, fresh: fresh = false }: SpaceRequest = {}): Promise<void> {
    const { bytes, lastBytes } = this.config.reserve;
    const kept = urgent ? lastBytes : bytes;
    if (kept === 0) return;
    const free = await (fresh ? this.space.freeBytesNow(folder) : this.space.freeBytes(folder));
    if (free - need < kept) throw noRoom(folder, free, kept);
  }
}

function noRoom(folder: string, freeBytes: number, reserveBytes: number): DomainError {
  const [free, kept] = [freeBytes, reserveBytes].map((bytes) => Math.floor(bytes / 1_000_000));
  return new DomainError(
    'unavailable',
    'no-room',
    {
      vi: `Máy chủ sắp hết chỗ trống (còn ${free} MB, phải giữ lại ${kept} MB cho cơ sở dữ liệu và phát khẩn cấp) nên tạm chưa nhận thêm bản thu, ảnh và chưa dựng bản thu mới. Xin báo quản trị giải phóng ổ đĩa chứa ${folder}.`,
      en: `The server is short of free space (${free} MB left, ${kept} MB are kept for the database and emergencies), so no recording, picture or new clip is taken for now. Tell the administrator to free the disk that holds ${folder}.`,
    },
    { freeBytes, reserveBytes },
  );
}
