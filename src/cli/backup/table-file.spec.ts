import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readTableFile, type Row, TableFile } from './table-file.js';

const dir = mkdtempSync(join(tmpdir(), 'loa-table-file-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let files = 0;
const newFile = () => join(dir, `${++files}.ndjson`);

async function read(path: string) {
  const batches = readTableFile(path);
  const rows: Row[] = [];
  let largest = 0;
  for (;;) {
    const next = await batches.next();
    if (next.done) return { rows, largest, facts: next.value };
    rows.push(...next.value);
    largest = Math.max(largest, next.value.length);
  }
}

describe('a table file', () => {
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
    fc.constant(null),
    // Longer than one read, cut anywhere inside a character.
    fc.integer({ min: 80_000, max: 200_000 }).map((n) => 'ệ\n\u2028'.repeat(n / 3)),
  );

  it('gives back the rows it was given, whatever they hold and wherever the chunks end', async () => {
    const pages = fc.array(fc.array(fc.record({ id: fc.string(), value }), { maxLength: 8 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pages, async (all) => {
        const path = newFile();
        const writer = await TableFile.create(path);
        for (const page of all) await writer.add(page);
        const facts = await writer.finish();
        await writer.close();
        const bytes = readFileSync(path);
        expect(facts).toEqual({
          rows: all.flat().length,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        });
        const back = await read(path);
        expect(back.facts).toEqual(facts);
        expect(JSON.stringify(back.rows)).toBe(JSON.stringify(all.flat()));
      }),
      { numRuns: 40 },
    );
  });

  it('is handed over in small batches', async () => {
    const path = newFile();
    writeFileSync(path, `${JSON.stringify({ id: 'x'.repeat(1000) })}\n`.repeat(5000));
    const { rows, largest } = await read(path);
    expect(rows).toHaveLength(5000);
    expect(largest).toBeLessThan(300);
  });

  it('with a line that is no row, or has other columns, is refused', async () => {
    for (const text of ['{"id":1}\n{"id":2', '{"id":1}\n{"id":2,"more":3}\n', '{}\n', '{"id":1}\n{"di":1}\n']) {
      const path = newFile();
      writeFileSync(path, text);
      await expect(read(path)).rejects.toThrow();
    }
  });
});
