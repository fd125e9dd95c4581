import type { EntityManager } from 'typeorm';
import { House } from './house.entity.js';

export async function houseRow(em: EntityManager): Promise<House> {
  const [row] = await em.find(House, { take: 1 });
  if (!row) throw new Error('the table "house" has lost its row');
  return row;
}

/** The row, locked until the transaction ends. */
export async function holdHouse(tx: EntityManager): Promise<House> {
  if (tx.connection.options.type === 'postgres') await tx.query('SELECT id FROM house FOR UPDATE');
  return houseRow(tx);
}
