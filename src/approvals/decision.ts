export type Decision = 'approved' | 'returned';
