import type { EntityManager } from 'typeorm';
import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import { holdHouse, houseRow } from '../database/house-row.js';
import { House } from '../database/house.entity.js';
import { DomainError } from '../shared/domain-error.js';
import { baseUrl } from './base-url.js';

/**
 * Stores the address of the installation. Playlists and feeds contain it, so servers with different addresses would
 * publish against each other for ever. An address that only follows the port gives way to another while no other server
 * runs; one that was set changes only by `loa address`. Throws `other-address` (409). `others`: other servers use this
 * database.
 */
export async function settleAddress(database: Database, config: Config, others: boolean): Promise<void> {
  const address = baseUrl(config);
  const addressSet = config.publicUrl !== undefined;
  const known = await houseRow(database.read());
  if (known.address === address && (known.addressSet || !addressSet)) return;
  await database.write(async (tx) => {
    const row = await holdHouse(tx);
    if (row.address !== null && row.address !== address && (row.addressSet || others)) {
      throw otherAddress(row.address, address);
    }
    // A server reached at the same address without a setting does not undo the setting.
    const same = row.address === address && row.addressSet;
    await tx.update(House, { id: row.id }, { address, addressSet: addressSet || same });
  });
}

/** Sets the address by command, while no server runs. */
export async function setAddress(tx: EntityManager, address: string): Promise<string | null> {
  const row = await holdHouse(tx);
  await tx.update(House, { id: row.id }, { address, addressSet: true });
  return row.address;
}

function otherAddress(known: string, own: string): DomainError {
  return new DomainError(
    'conflict',
    'other-address',
    {
      vi: `Hệ thống này dùng địa chỉ ${known}, nhưng máy chủ này được đặt là ${own}. Hai địa chỉ khác nhau làm danh sách phát bị đổi qua đổi lại không ngừng. Hãy đặt LOA_PUBLIC_URL=${known} trên mọi máy chủ. Nếu muốn đổi địa chỉ: dừng mọi máy chủ Loa, chạy loa address ${own}, đặt LOA_PUBLIC_URL=${own} rồi khởi động lại.`,
      en: `This house is reached at ${known}, but this server is set to ${own}. Set LOA_PUBLIC_URL=${known} on every server. To change the address: stop every server, run loa address ${own}, set LOA_PUBLIC_URL=${own} and start again.`,
    },
    { known, own },
  );
}
