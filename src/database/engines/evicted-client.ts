import type { Socket } from 'node:net';
import pg from 'pg';

/** What the driver says of a statement for which it has waited long enough. */
const NO_ANSWER = 'Query read timeout';

/**
 * A connection that is cut when a statement on it is not answered in time: the answer might still come, and be taken for that of
 * another statement, so the pool must not have it back. `query_timeout` alone leaves it as it is.
 */
export class EvictedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...asked: unknown[]) => unknown;
    const patient = (...asked: unknown[]): unknown => {
      const answer = query(...asked);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.cutAfter(error));
      return answer;
    };
    Object.assign(this, { query: patient });
  }

  private cutAfter(error: unknown): void {
    if (!(error instanceof Error) || error.message !== NO_ANSWER) return;
    const { connection } = this as unknown as { connection: { stream: Socket } };
    connection.stream.destroy();
  }
}
