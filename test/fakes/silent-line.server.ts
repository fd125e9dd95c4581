import { connect, createServer, type Server, type Socket } from 'node:net';

interface Line {
  client: Socket;
  server: Socket;
  isSilent: boolean;
}

/**
 * A proxy for a connection to a server that can fall silent: connections stay open, and nothing passes in either
 * direction.
 */
export class SilentLine {
  private readonly lines = new Set<Line>();
  private isSilent = false;
  private word?: string;

  private constructor(private readonly door: Server) {}

  static async to(host: string, port: number): Promise<SilentLine> {
    const door = createServer();
    const all = new SilentLine(door);
    door.on('connection', (client) => all.opened(client, connect(port, host)));
    await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
    return all;
  }

  get port(): number {
    return (this.door.address() as { port: number }).port;
  }

  /** Silences the present connections for ever. Later ones pass. */
  silenceStanding(): void {
    for (const line of this.lines) line.isSilent = true;
  }

  /** Resets both ends of the present connections. */
  cutStanding(): void {
    for (const { client, server } of this.lines) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** Silences all connections, also new ones, until `speak`. */
  silenceAll(): void {
    this.isSilent = true;
    this.silenceStanding();
  }

  /** Silences the next connection on which the client sends `word`, before the server receives it. */
  silenceAt(word: string): void {
    this.word = word;
  }

  /** Silenced connections stay silent. */
  speak(): void {
    this.isSilent = false;
  }

  async close(): Promise<void> {
    for (const { client, server } of this.lines) {
      client.destroy();
      server.destroy();
    }
    await new Promise((done) => this.door.close(done));
  }

  private opened(client: Socket, server: Socket): void {
    const line: Line = { client, server, isSilent: this.isSilent };
    this.lines.add(line);
    client.on('data', (bytes) => {
      if (this.word !== undefined && bytes.includes(this.word)) {
        this.word = undefined;
        line.isSilent = true;
      }
      if (!line.isSilent) server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!line.isSilent) client.write(bytes);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        this.lines.delete(line);
        other.destroy();
      });
    }
  }
}
