import { asStorageError, StorageError, storageFaultOf, TransactionLost } from './storage-fault.js';

describe('what a driver says', () => {
  it.each([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_IOERR_SHMSIZE', 'full'],
    ['SQLITE_IOERR_FSYNC', 'input-output'],
    ['SQLITE_CANTOPEN', 'input-output'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['SQLITE_CORRUPT_VTAB', 'corrupt'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['53100', 'full'],
    ['53300', 'unreachable'],
    ['58030', 'input-output'],
    ['25006', 'read-only'],
    ['57P03', 'unreachable'],
    ['40P01', 'busy'],
    ['57014', 'busy'],
    ['25P03', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['SQLITE_CONSTRAINT_UNIQUE', undefined],
    ['23505', undefined],
    ['ENOENT', undefined],
  ])('%s is %s', (code, fault) => {
    expect(storageFaultOf({ driverError: { code } })).toBe(fault);
    expect(storageFaultOf({ code })).toBe(fault);
  });

  it.each(['Connection terminated unexpectedly', 'Query read timeout', 'timeout exceeded when trying to connect'])(
    'of a connection that broke is known by its words: %s',
    (words) => expect(storageFaultOf(new Error(words))).toBe('unreachable'),
  );

  it('is found behind a transaction that was lost', () => {
    expect(storageFaultOf(new TransactionLost({ cause: { code: 'SQLITE_FULL' } }))).toBe('full');
    expect(storageFaultOf(new TransactionLost())).toBe('lost');
  });

  it('never claims that nothing was saved when nobody knows', () => {
    expect(new StorageError('unreachable', 'in-doubt').sentence.vi).toMatch(/Chưa rõ .* đã được lưu hay chưa/);
    expect(new StorageError('full', 'not-saved').sentence.vi).toMatch(/chưa được lưu/);
  });

  it('leaves every other error as it is', () => {
    const error = new Error('no');
    expect(asStorageError(error)).toBe(error);
  });
});
