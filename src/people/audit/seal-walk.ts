import { auditFacts, type AuditRow } from '../../database/schema/audit-hash.js';
import type { BrokenRow } from './audit-chain.js';
import type { AuditSeal } from './audit-seal.js';

/** Audit action of the row that sealed all earlier rows once: its `after` has `upTo`. */
export const SEALED = 'audit.sealed';

/**
 * Checks the seals beside `AuditChain`: every row bears a seal, except the rows from before seals existed, which a
 * sealed row names. That row's hash follows from theirs, so its seal covers them as well.
 */
export class SealWalk {
  /** Consecutive rows without a valid seal, first and last. */
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

  /**
   * The first row that was written without the key, or null. Until the upgrade is complete, old rows without a seal are
   * accepted.
   */
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
