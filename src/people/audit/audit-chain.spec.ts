import fc from 'fast-check';
import { auditHash, CHAIN_START, type ChainHead } from '../../database/schema/audit-hash.js';
import { type ChainedRow, AuditChain } from './audit-chain.js';

function chain(count: number): { rows: ChainedRow[]; head: ChainHead } {
  const rows: ChainedRow[] = [];
  let hash = CHAIN_START;
  for (let seq = 1; seq <= count; seq++) {
    const facts = {
      seq,
      at: 1_000 + seq,
      actorId: null,
      actor: `Người ${seq}`,
      action: 'slot.placed',
      entity: 'slot',
      entityId: `s${seq}`,
      unitId: null,
      before: null,
      after: seq % 2 ? `{"n":${seq}}` : null,
      address: '127.0.0.1',
    };
    const prevHash = hash;
    hash = auditHash(prevHash, facts);
    rows.push({ ...facts, prevHash, hash });
  }
  return { rows, head: { seq: count, hash, rows: count } };
}

function firstBroken(rows: readonly ChainedRow[], head: ChainHead): number | null {
  const walk = new AuditChain();
  return (walk.take(rows) ?? walk.end(head))?.seq ?? null;
}

describe('the chain of the audit', () => {
  it('an untouched one is whole, also when it is empty', () => {
    expect(firstBroken([], { seq: 0, hash: CHAIN_START, rows: 0 })).toBeNull();
    const { rows, head } = chain(30);
    expect(firstBroken(rows, head)).toBeNull();
  });

  it('any change of any value of any row is found at that row', () => {
    const { rows, head } = chain(12);
    const fields = Object.keys(rows[0] ?? {}).filter((field) => field !== 'seq') as (keyof ChainedRow)[];
    fc.assert(
      fc.property(fc.nat(11), fc.constantFrom(...fields), fc.string({ minLength: 1 }), (at, field, value) => {
        const changed = rows.map((row, n) => (n === at ? { ...row, [field]: field === 'at' ? 7 : value } : row));
        expect(firstBroken(changed, head)).toBe(at + 1);
      }),
    );
  });

  it('a row taken out, put in twice or moved is found there; rows taken from the end are missed', () => {
    const { rows, head } = chain(12);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), (at) => {
        expect(firstBroken(rows.toSpliced(at, 1), head)).toBe(at + 2);
        expect(firstBroken(rows.toSpliced(at, 0, rows[at]!), head)).toBe(at + 1);
        expect(firstBroken(rows.slice(0, at), head)).toBe(at + 1);
      }),
    );
  });

  it('a last row that was written anew, and rows put behind the last, are named', () => {
    const { rows, head } = chain(12);
    const { rows: longer } = chain(14);
    const last = rows[11];
    if (!last) throw new Error('no row');
    const anew = { ...last, actor: 'Người khác' };
    const forged = { ...anew, hash: auditHash(last.prevHash ?? '', anew) };
    expect(firstBroken(rows.with(11, forged), head)).toBe(12);
    expect(firstBroken(longer, head)).toBe(13);
  });

  it('values do not run into each other', () => {
    const [row] = chain(1).rows;
    if (!row) throw new Error('no row');
    expect(auditHash(CHAIN_START, { ...row, actor: 'a', action: 'bc' })).not.toBe(
      auditHash(CHAIN_START, { ...row, actor: 'ab', action: 'c' }),
    );
  });
});
