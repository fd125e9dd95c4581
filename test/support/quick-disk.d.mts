/** Where a database of a test lies: in memory where that is a disk with room. */
export function quickDisk(): string;
