import { AsyncLocalStorage } from 'node:async_hooks';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger, QueryRunner } from 'typeorm';
import { Database } from '../../src/database/database.js';
import { forMachines } from '../../src/database/engines/lane.js';

/** Rows that change during a request without an audit row, and why that is right. */
const quiet: readonly { table: string; route?: RegExp; because: string }[] = [
  { table: 'audit', because: 'it is the audit' },
  { table: 'audit_head', because: 'the end of its chain' },
  { table: 'migrations', because: 'the statement that takes the write lock and changes nothing' },
  { table: 'session', because: 'when it was last used; begun, stepped up and ended ones are audited' },
  { table: 'idempotent_request', because: 'what was answered, for who sends the same again' },
  { table: 'guess_count', because: 'failed guesses are counted; the answer tells them' },
  {
    table: 'second_factor',
    route: /code|ma-xac-thuc|duyet/,
    because: 'a code is used up; the step-up after it is audited',
  },
  { table: 'job', because: 'an alarm clock; what it does is audited when it is done' },
  { table: 'playlist', because: 'built of slots, whose changes are audited' },
  { table: 'station', route: /api\/station\//, because: 'a sign of life every few seconds' },
  {
    table: 'as_run',
    route: /api\/station\/as-run/,
    because: 'a log of a device is a record of its own, numbered and never changed',
  },
  {
    table: 'slot',
    route: /api\/station\/as-run/,
    because: 'another log of a slot whose state stands changes by what it is known, and the log is the record',
  },
  { table: 'speech_revision', because: 'a counter that follows an audited change' },
];

interface Transaction {
  tables: Set<string>;
  audited: boolean;
}

interface Asked {
  route: string;
  /** Tables that it changed without an audit row. */
  silent: string[];
}

const asking = new AsyncLocalStorage<Asked>();

/**
 * Checks every transaction that a request makes, in any journey: one that changes rows and leaves no row in the audit
 * is recorded, unless its table is listed above.
 */
export class AuditWatch {
  private readonly open = new WeakMap<QueryRunner, Transaction>();
  private readonly found = new Set<string>();
  /** Routes that changed something and wrote to the audit. */
  readonly audited = new Set<string>();

  static async over(app: NestFastifyApplication): Promise<AuditWatch> {
    const watch = new AuditWatch();
    const requests = new WeakMap<object, Asked>();
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('onRequest', (request, _reply, done) => {
        const asked = { route: `${request.method} ${request.routeOptions.url ?? request.url}`, silent: [] };
        requests.set(request, asked);
        asking.run(asked, done);
      })
      .addHook('onResponse', (request, reply, done) => {
        // A statement that matched no row changed nothing, and its request answers that there is nothing.
        const asked = requests.get(request);
        if (asked && reply.statusCode < 400) watch.remember(asked);
        done();
      });
    // The writers' connection is available inside a transaction only.
    const database = app.get(Database);
    const listen = () => database.write((tx) => Promise.resolve((tx.connection.logger = watch.logger)));
    await listen();
    await forMachines(listen);
    return watch;
  }

  /** Runs `work` as if that route had called it. */
  async as<T>(route: string, work: () => Promise<T>): Promise<T> {
    const asked = { route, silent: [] };
    const answer = await asking.run(asked, work);
    this.remember(asked);
    return answer;
  }

  private remember({ route, silent }: Asked): void {
    for (const one of silent) this.found.add(`${route}: ${one}`);
  }

  forget(): void {
    this.found.clear();
  }

  /** Throws with every transaction of a request that changed something without an audit row. */
  requireAll(): void {
    if (this.found.size === 0) return;
    throw new Error(`changed without a row in the audit (test/support/audited.ts):\n${[...this.found].join('\n')}`);
  }

  private readonly logger: Logger = {
    logQuery: (query, _parameters, runner) => this.see(query, runner),
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };

  private see(query: string, runner?: QueryRunner): void {
    const asked = asking.getStore();
    if (!runner || !asked) return;
    const { route, silent } = asked;
    if (/^\s*(BEGIN|START TRANSACTION)/i.test(query)) this.open.set(runner, { tables: new Set(), audited: false });
    const transaction = this.open.get(runner);
    if (!transaction) return;
    const table = /^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?/i.exec(query)?.[1];
    if (table === 'audit') transaction.audited = true;
    if (table) transaction.tables.add(table);
    if (/^\s*COMMIT/i.test(query)) {
      this.open.delete(runner);
      const loud = [...transaction.tables].filter((one) => !isQuiet(one, route));
      if (transaction.audited) this.audited.add(route);
      else if (loud.length > 0) silent.push(loud.sort().join(', '));
    } else if (/^\s*ROLLBACK\s*$/i.test(query)) this.open.delete(runner);
  }
}

function isQuiet(table: string, route: string): boolean {
  return quiet.some((one) => one.table === table && (one.route?.test(route) ?? true));
}
