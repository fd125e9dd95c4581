import { auditFacts, type AuditRow } from '../../database/schema/audit-hash.js';
import type { BrokenRow } from './audit-chain.js';
import type { AuditSeal } from './audit-seal.js';

/** The row that says up to where the audit was sealed once, afterwards: `after` holds `upTo`. */
export const SEALED = 'audit.sealed';

/**
 * Walks along the audit beside `ChainWalk`: every row bears a seal, but for those of before there were seals, which a sealed
 * row names. That row's hash follows from theirs, so its seal holds for them as well.
 */
export class SealWalk {
  /** Rows without a seal of ours that follow each other, first and last. */
  private bare: { from: number; to: number }[] = [];
  private following = false;

  constructor(private readonly seals: AuditSeal) {}

  take(rows: readonly AuditRow[]): void {
    for (const row of rows) {
      const seq = Number(row['seq']);
      const held = this.seals.holds(row);
      if (!held) {
        const last = this.following ? this.bare.at(-1) : undefined;
        if (last) last.to = seq;
        else this.bare.push({ from: seq, to: seq });
      } else if (row['action'] === SEALED) this.forgive(upToOf(row));
      this.following = !held;
    }
  }

  /** The first row that nobody with the key has written; null when there is none. Until the upgrade is over, old rows have none. */
  end(): BrokenRow | null {
    const [first] = this.bare;
    if (!first || !this.seals.isSettled) return null;
    const { from: seq } = first;
    return {
      seq,
      sentence: {
        vi: `Dòng ${seq} không có dấu niêm của máy chủ: ai đó đã ghi thẳng dòng này vào cơ sở dữ liệu.`,
        en: `Row ${seq} does not bear the seal of the server: somebody wrote it straight into the database.`,
      },
    };
  }

  private forgive(upTo: number): void {
    this.bare = this.bare.filter(({ to }) => to > upTo).map(({ from, to }) => ({ from: Math.max(from, upTo + 1), to }));
  }
}

function upToOf(row: AuditRow): number {
  const said = JSON.parse(auditFacts(row).after ?? '{}') as { upTo?: unknown };
  return typeof said.upTo === 'number' ? said.upTo : 0;
}
