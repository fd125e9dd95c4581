import { type AuditFacts, auditHash, CHAIN_START, type ChainHead } from '../../database/schema/audit-hash.js';
import type { Sentence } from '../../shared/domain-error.js';

export interface ChainedRow extends AuditFacts {
  prevHash: string | null;
  hash: string | null;
}

export interface BrokenRow {
  seq: number;
  sentence: Sentence;
}

/** Checks the audit page by page in the order of `seq`; stops at the first row that differs from what was written. */
export class AuditChain {
  private last: ChainHead = { seq: 0, hash: CHAIN_START, rows: 0 };

  /** The first wrong row of these, or null when all of them continue the chain. */
  take(rows: readonly ChainedRow[]): BrokenRow | null {
    for (const row of rows) {
      if (row.prevHash !== this.last.hash) {
        return broken(row.seq, {
          vi: `Dòng ${row.seq} không nối tiếp dòng ${this.last.seq}: có dòng bị xóa, chèn thêm hoặc sửa ở giữa.`,
          en: `Row ${row.seq} does not follow row ${this.last.seq}: something between them was deleted, put in or changed.`,
        });
      }
      if (row.hash !== auditHash(this.last.hash, row)) {
        return broken(row.seq, {
          vi: `Nội dung dòng ${row.seq} đã bị sửa sau khi ghi.`,
          en: `Row ${row.seq} was changed after it was written.`,
        });
      }
      this.last = { seq: row.seq, hash: row.hash, rows: this.last.rows + 1 };
    }
    return null;
  }

  /** After the last page: `head` is the end of the chain as the writers stored it. */
  end(head: ChainHead): BrokenRow | null {
    if (head.seq === this.last.seq && head.hash === this.last.hash && head.rows === this.last.rows) return null;
    const { seq } = this.last;
    if (seq === head.seq && seq > 0 && this.last.rows === head.rows) {
      return broken(seq, {
        vi: `Dòng cuối ${seq} đã bị viết lại: mã băm của dòng không phải mã đã ghi.`,
        en: `The last row, ${seq}, was written anew: its hash is not the one that was noted.`,
      });
    }
    if (seq > head.seq) {
      return broken(head.seq + 1, {
        vi: `Dòng cuối đã ghi là ${head.seq}, nhưng sổ còn đến dòng ${seq}: có dòng bị thêm vào sau.`,
        en: `The last row written is ${head.seq}, but the audit goes on to row ${seq}: rows were added behind it.`,
      });
    }
    return broken(seq + 1, {
      vi: `Sổ kết thúc ở dòng ${this.last.seq}, nhưng dòng cuối đã ghi là ${head.seq}: các dòng cuối bị xóa.`,
      en: `The audit ends at row ${this.last.seq}, but the last one written is ${head.seq}: rows at its end were taken away.`,
    });
  }

  get head(): ChainHead {
    return this.last;
  }
}

function broken(seq: number, sentence: Sentence): BrokenRow {
  return { seq, sentence };
}
