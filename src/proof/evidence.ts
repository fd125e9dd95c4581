/**
 * The evidence of a play (product.md): A device log with a recording, B device log, C operator's confirmation, D
 * asserted.
 */
export type EvidenceGrade = 'A' | 'B' | 'C' | 'D';
export type AsRunOutcome = 'played' | 'partial' | 'failed';

export const evidenceNames: Record<EvidenceGrade, string> = {
  A: 'nhật ký máy và bản ghi âm',
  B: 'nhật ký máy',
  C: 'trực đài xác nhận',
  D: 'khai báo',
};
