import type { EntityManager } from 'typeorm';
import { sha256 } from '../../shared/ids.js';
import type { AuditLog } from '../../people/audit/audit-log.service.js';
import type { Channel } from '../../channels/entities/channel.entity.js';
import type { SlotView } from '../../schedule/slots/slot-view.js';
import { ApprovedSounds } from './approved-sounds.js';

/** An installation in which every version was approved once; counts how often the sealed rows are read. */
function approvedHouse() {
  const read: string[][] = [];
  const em = {
    find: (_: unknown, { where }: { where: { scriptVersionId: { value: string[] } } }) =>
      Promise.resolve(
        where.scriptVersionId.value.map((id) => ({ id: `approval of ${id}`, scriptVersionId: id, voidedAt: null })),
      ),
  } as unknown as EntityManager;
  const book = {
    sealedRows: (_: unknown, _entity: string, ids: string[]) => {
      read.push(ids);
      return Promise.resolve(
        ids.map((id) => ({
          entityId: id,
          after: { approvalId: `approval of ${id}`, clips: [], textHash: sha256(id), scope: null, unitId: null },
        })),
      );
    },
    anyRows: () => Promise.resolve([]),
  } as unknown as AuditLog;
  return { em, book, read };
}

const channel = { id: 'channel', unitId: 'unit' } as Channel;
const live = (id: string) =>
  ({ id: `slot of ${id}`, scriptVersionId: id, kind: 'live', script: id, date: '2026-11-30', endsAt: 1 }) as SlotView;

describe('approved sounds', () => {
  it('are read once', async () => {
    const { em, book, read } = approvedHouse();
    const sounds = new ApprovedSounds(book);
    for (let n = 0; n < 2; n++) expect(await sounds.objections(em, channel, [live('a'), live('b')])).toEqual(new Map());
    expect(read).toEqual([['a', 'b']]);
  });

  it('are still approved when room for others is made while they are asked for', async () => {
    const { em, book, read } = approvedHouse();
    const sounds = new ApprovedSounds(book, 2);
    await sounds.objections(em, channel, [live('a'), live('b')]);
    expect(await sounds.objections(em, channel, [live('a'), live('c')])).toEqual(new Map());
    expect(read).toEqual([['a', 'b'], ['c']]);
  });
});
