import { DomainError, type ErrorKind, type Sentence } from '../../shared/domain-error.js';

/** Why rows cannot be stored. `busy` passes by itself; the others make `/health` report a fault. */
export type StorageFault = 'full' | 'read-only' | 'input-output' | 'corrupt' | 'unreachable' | 'busy' | 'lost';

/**
 * Whether the request may have been saved although it failed: a disk or a server that broke during the COMMIT did not
 * report the result.
 */
export type TransactionOutcome = 'not-saved' | 'in-doubt';

/** The transaction of this statement has already ended without it. */
export class TransactionLost extends Error {
  constructor(options?: ErrorOptions) {
    super('the database has ended the transaction by itself', options);
    this.name = 'TransactionLost';
  }
}

/** What `Database` throws in place of the driver's error. */
export class StorageError extends DomainError {
  constructor(
    readonly fault: StorageFault,
    readonly outcome: TransactionOutcome,
    options?: ErrorOptions,
  ) {
    const { kind, code, sentence, details } = answers[fault];
    super(kind, code, withOutcome(sentence, outcome), details, options);
    this.name = 'StorageError';
  }
}

/** In the order of matching: SQLite's extended codes begin with the general one, such as `SQLITE_IOERR_FSYNC`. */
const sqliteFaults: readonly (readonly [prefix: string, fault: StorageFault])[] = [
  ['SQLITE_FULL', 'full'],
  // There was no space to write the shared-memory index.
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['SQLITE_IOERR', 'input-output'],
  ['SQLITE_CANTOPEN', 'input-output'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
];

/**
 * By the first characters of the SQLSTATE: class 53 is insufficient resources, 58 a system error, 57P a server that
 * stops or starts.
 */
const postgresFaults: readonly (readonly [prefix: string, fault: StorageFault])[] = [
  ['53100', 'full'],
  ['53', 'unreachable'],
  ['58', 'input-output'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
  ['25006', 'read-only'],
  ['57P', 'unreachable'],
  // A statement exceeded its time limit, for example while it waited for a lock.
  ['57014', 'busy'],
  ['25P03', 'unreachable'],
  ['08', 'unreachable'],
];

const connectionErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
/** The PostgreSQL driver reports these by their message only. */
const lostConnection =
  /Connection terminated|connection error and is not queryable|Client was closed|Query read timeout|timeout exceeded when trying to connect/;

/** Undefined for every error that is not the storage's fault: a refused row, a bug. */
export function storageFaultOf(error: unknown): StorageFault | undefined {
  if (error instanceof StorageError) return error.fault;
  if (error instanceof TransactionLost) return storageFaultOf(error.cause) ?? 'lost';
  const driver = (error as { driverError?: unknown } | undefined)?.driverError ?? error;
  const { code, message } = (driver ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') {
    if (connectionErrors.has(code)) return 'unreachable';
    // A serialisation failure after all attempts; see Database.write().
    if (code === '40001' || code === '40P01') return 'busy';
    const table = code.startsWith('SQLITE_') ? sqliteFaults : postgresFaults;
    const known = table.find(([prefix]) => code.startsWith(prefix));
    if (known) return known[1];
  }
  return lostConnection.test(String(message)) ? 'unreachable' : undefined;
}

/** Whether a row was refused because another row has its key. */
export function isDuplicate(error: unknown): boolean {
  const driver = (error as { driverError?: { code?: unknown } } | undefined)?.driverError ?? error;
  const { code } = (driver ?? {}) as { code?: unknown };
  return code === '23505' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** An error in a transaction already is a `StorageError`; an error in a query has saved nothing. */
export function asStorageError(error: unknown): unknown {
  const fault = error instanceof DomainError ? undefined : storageFaultOf(error);
  return fault ? new StorageError(fault, 'not-saved', { cause: error }) : error;
}

interface Answer {
  kind: ErrorKind;
  code: string;
  sentence: Sentence;
  details?: Record<string, unknown>;
}

const answers: Record<StorageFault, Answer> = {
  full: {
    kind: 'insufficient-storage',
    code: 'disk-full',
    sentence: {
      vi: 'Ổ đĩa của máy chủ đã đầy. Xin báo quản trị viên giải phóng chỗ trống.',
      en: "The server's disk is full. Tell the administrator to free space.",
    },
  },
  'read-only': {
    kind: 'unavailable',
    code: 'database-read-only',
    sentence: {
      vi: 'Máy chủ không ghi được dữ liệu vì ổ đĩa chỉ cho đọc. Xin báo quản trị viên.',
      en: 'The server cannot write: its disk is read-only. Tell the administrator.',
    },
  },
  'input-output': {
    kind: 'unavailable',
    code: 'database-disk-error',
    sentence: {
      vi: 'Máy chủ không ghi được tệp dữ liệu vì ổ đĩa bị lỗi hoặc không cho ghi. Xin báo quản trị viên ngay.',
      en: 'The server cannot write its database: the disk fails or refuses. Tell the administrator at once.',
    },
  },
  corrupt: {
    kind: 'unavailable',
    code: 'database-corrupt',
    sentence: {
      vi: 'Tệp dữ liệu của máy chủ bị hỏng. Xin báo quản trị viên ngay để khôi phục từ bản sao lưu.',
      en: 'The database is damaged. Tell the administrator at once to restore a backup.',
    },
  },
  unreachable: {
    kind: 'unavailable',
    code: 'database-unreachable',
    sentence: {
      vi: 'Máy chủ tạm thời không kết nối được với cơ sở dữ liệu. Xin thử lại sau ít phút; nếu vẫn lỗi thì báo quản trị viên.',
      en: 'The database cannot be reached. Try again in a few minutes, or tell the administrator.',
    },
    details: { seconds: 10 },
  },
  busy: {
    kind: 'unavailable',
    code: 'database-busy',
    sentence: {
      vi: 'Máy chủ đang bận ghi việc khác. Xin chờ vài giây rồi làm lại.',
      en: 'The database is busy with other work. Wait a few seconds, then try again.',
    },
    details: { seconds: 5 },
  },
  lost: {
    kind: 'unavailable',
    code: 'transaction-lost',
    sentence: {
      vi: 'Cơ sở dữ liệu đã hủy việc vừa làm. Xin thử lại; nếu vẫn lỗi thì báo quản trị viên.',
      en: 'The database has undone this. Try again, or tell the administrator.',
    },
  },
};

function withOutcome({ vi, en }: Sentence, outcome: TransactionOutcome): Sentence {
  return outcome === 'not-saved'
    ? { vi: `${vi} Việc vừa làm chưa được lưu.`, en: `${en} Nothing was saved.` }
    : {
        vi: `${vi} Chưa rõ việc vừa làm đã được lưu hay chưa: xin xem lại trước khi làm lại.`,
        en: `${en} It is not known whether this was saved: look before you do it again.`,
      };
}
