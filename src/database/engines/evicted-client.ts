import type { Socket } from 'node:net';
import pg from 'pg';

/** The driver's message for a statement that exceeded `query_timeout`. */
const NO_ANSWER = 'Query read timeout';

/**
 * Cuts the connection when a statement on it is not answered in time: the late answer could be taken for that of
 * another statement, so the pool must not reuse the connection. `query_timeout` alone does not close it.
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
