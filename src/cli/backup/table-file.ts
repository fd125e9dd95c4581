import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

export type Row = Record<string, string | number | boolean | null>;

export interface FileFacts {
  rows: number;
  bytes: number;
  sha256: string;
}

/** Writes one row a line. Memory holds only the rows passed to one call. */
export class TableFile {
  private readonly hash = createHash('sha256');
  private rows = 0;
  private bytes = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string): Promise<TableFile> {
    return new TableFile(await open(path, 'wx', 0o600));
  }

  /** Returns the bytes that these rows took. */
  async add(rows: readonly object[]): Promise<number> {
    const text = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    this.hash.update(text);
    await this.file.writeFile(text);
    this.rows += rows.length;
    this.bytes += text.length;
    return text.length;
  }

  /** Waits until the file is on the disk. */
  async finish(): Promise<FileFacts> {
    await this.file.sync();
    return { rows: this.rows, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

const CHUNK = 256 * 1024;
const NEWLINE = 0x0a;

/**
 * The rows of a table file in batches of about 256 kB; the generator returns the facts of the file. Throws when a line
 * is no row, or has other columns than the first: inserting relies on it.
 */
export async function* readTableFile(path: string): AsyncGenerator<Row[], FileFacts> {
  const hash = createHash('sha256');
  const facts = { rows: 0, bytes: 0 };
  let columns: string | undefined;
  for await (const lines of lineBatches(path, (chunk) => {
    hash.update(chunk);
    facts.bytes += chunk.length;
  })) {
    const rows = lines.map((line) => JSON.parse(line) as Row);
    for (const row of rows) {
      const own = Object.keys(row).join();
      columns ??= own;
      if (own !== columns || own === '') throw new Error(`row ${facts.rows + 1} has the columns ${own}`);
      facts.rows++;
    }
    yield rows;
  }
  return { ...facts, sha256: hash.digest('hex') };
}

/** Batches of complete lines; a line longer than a chunk is joined once. */
async function* lineBatches(path: string, seen: (chunk: Buffer) => void): AsyncGenerator<string[]> {
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    seen(chunk);
    const end = chunk.lastIndexOf(NEWLINE);
    if (end < 0) {
      begun.push(chunk);
      continue;
    }
    const text = Buffer.concat([...begun, chunk.subarray(0, end)]).toString('utf8');
    begun = [chunk.subarray(end + 1)];
    yield text.split('\n').filter(Boolean);
  }
  const rest = Buffer.concat(begun).toString('utf8');
  if (rest !== '') yield [rest];
}
