export type ApprovalDecision = 'approved' | 'returned';
