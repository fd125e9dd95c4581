import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  begun,
  type Capacity,
  dispensable,
  type Patience,
  type Phase,
  type TransferProgress,
  seenAgain,
} from './slow-clients.js';

/** How many connections Node may accept above the limit while dropped ones are closing. */
const MARGIN = 64;
/** A connection without a request counts as fresh for this part of its time limit. */
const FRESH_PART = 1 / 15;
/** Closes several connections at once, since choosing them inspects all of them. */
const ROOM_PART = 1 / 50;

const tooSlow = Buffer.from(
  JSON.stringify({
    code: 'too-slow',
    message: 'Đường truyền quá chậm hoặc đã dừng, nên yêu cầu chưa được nhận. Xin thử lại.',
    messageEn: 'The connection is too slow or has stopped, so the request was not taken. Try again.',
  }),
);
const requestTimeout = Buffer.concat([
  Buffer.from(
    'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncache-control: no-store\r\n' +
      `content-type: application/json; charset=utf-8\r\ncontent-length: ${tooSlow.length}\r\n\r\n`,
  ),
  tooSlow,
]);

interface Connection {
  socket: Socket;
  network: string;
  progress: TransferProgress;
  /** Requests whose answer is not complete. */
  open: number;
  /** The latest. */
  request?: IncomingMessage;
  response?: ServerResponse;
  /** Bytes received when the latest answer ended; later bytes belong to another request. */
  readAtEnd: number;
}

/**
 * Enforces the server's time limits and its capacity: closes connections of slow clients; when there are too many
 * connections, overall or from one network, it closes those without a complete request.
 */
export class ConnectionLimiter {
  /** In the order in which they were opened. */
  private readonly connections = new Map<Socket, Connection>();
  private readonly networks = new Map<string, Set<Connection>>();

  constructor(
    private readonly patience: Patience,
    private readonly capacity: Capacity,
    /** Maps an address to the network that counts as one client. */
    private readonly networkOf: (address: string) => string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  attach(server: Server): Server {
    // Node's own limits know no rate: one limit for all requests would cut off a long upload.
    server.requestTimeout = 0;
    server.keepAliveTimeout = this.patience.idleMs;
    server.maxConnections = this.capacity.most + MARGIN;
    server.on('connection', (socket) => this.opened(socket));
    server.prependListener('request', (request, response) => this.asked(request, response));
    const timer = setInterval(() => this.look(), Math.max(50, this.patience.headersMs / 15));
    timer.unref();
    server.once('close', () => clearInterval(timer));
    return server;
  }

  /**
   * Ends the connections that wait for a request. Node's own method treats a connection that never had a request as
   * busy.
   */
  closeWaiting(): void {
    for (const connection of this.connections.values()) {
      const phase = phaseOf(connection);
      if (phase !== 'idle' && phase !== 'headers') continue;
      this.forget(connection);
      connection.socket.destroySoon();
    }
  }

  private opened(socket: Socket): void {
    const network = this.networkOf(socket.remoteAddress ?? '');
    const connection: Connection = {
      socket,
      network,
      progress: begun('headers', 0, this.now()),
      open: 0,
      readAtEnd: 0,
    };
    const near = this.networks.get(network) ?? new Set<Connection>();
    const { most, perNetwork } = this.capacity;
    const roomHere = perNetwork === null || near.size < perNetwork || this.makeRoom(near, 1);
    if (!roomHere || !(this.connections.size < most || this.makeRoom(this.connections.values(), most * ROOM_PART))) {
      socket.destroy();
      return;
    }
    this.connections.set(socket, connection);
    this.networks.set(network, near.add(connection));
    socket.once('close', () => this.forget(connection));
  }

  private asked(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.connections.get(request.socket);
    if (!connection) return;
    connection.open++;
    connection.request = request;
    connection.response = response;
    this.begin(connection);
    response.once('close', () => {
      connection.open--;
      connection.readAtEnd = request.socket.bytesRead;
      this.begin(connection);
    });
  }

  private begin(connection: Connection): void {
    const phase = phaseOf(connection);
    connection.progress = begun(phase, movedBy(connection, phase), this.now());
  }

  private look(): void {
    const now = this.now();
    for (const connection of this.connections.values()) {
      const phase = phaseOf(connection);
      if (phase !== connection.progress.phase) {
        this.begin(connection);
        continue;
      }
      const progress = seenAgain(connection.progress, movedBy(connection, phase), now, this.patience);
      if (progress) connection.progress = progress;
      else this.drop(connection);
    }
  }

  /** False when all the requests are complete. */
  private makeRoom(among: Iterable<Connection>, count: number): boolean {
    const going = dispensable(among, Math.ceil(count), this.now(), this.patience.headersMs * FRESH_PART);
    for (const connection of going) this.drop(connection);
    return going.length > 0;
  }

  private drop(connection: Connection): void {
    const { socket, progress, response, open } = connection;
    this.forget(connection);
    if (progress.phase === 'answer' || socket.writableLength > 0) {
      // Also discards the bytes that the system buffers for this client.
      socket.resetAndDestroy();
      return;
    }
    const unanswered =
      progress.phase === 'headers' || (progress.phase === 'body' && open > 0 && !response?.headersSent);
    if (unanswered) socket.end(requestTimeout);
    socket.destroySoon();
  }

  private forget(connection: Connection): void {
    this.connections.delete(connection.socket);
    const near = this.networks.get(connection.network);
    near?.delete(connection);
    if (near?.size === 0) this.networks.delete(connection.network);
  }
}

function phaseOf({ socket, request, open, readAtEnd }: Connection): Phase {
  if (request && !request.complete) {
    // Received bytes wait for us to read them.
    const ours = request.readableLength >= request.readableHighWaterMark || socket.isPaused();
    return ours ? 'work' : 'body';
  }
  if (open > 0) return socket.writableLength > 0 ? 'answer' : 'work';
  return request && socket.bytesRead === readAtEnd ? 'idle' : 'headers';
}

function movedBy({ socket }: Connection, phase: Phase): number {
  return phase === 'answer' ? socket.bytesWritten - socket.writableLength : socket.bytesRead;
}
