import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';

/** Ascending ids, as the product's are. */
const id = (n, kind) => `printf('%08x-%04x-7000-8${kind}-%012x', ${n} / 65536, ${n} % 65536, ${n})`;
const idPg = (n, kind) =>
  `lpad(to_hex(${n} / 65536), 8, '0') || '-' || lpad(to_hex(${n} % 65536), 4, '0') || '-7000-8${kind}-' || lpad(to_hex(${n}), 12, '0')`;
const STATIONS = 250;

/** One unit and channel, 250 stations, a slot for every four as-run rows, and the as-run rows. */
export async function makeRows(house, rows) {
  const make = house.postgres ? idPg : id;
  const one = (kind) => make('1', kind);
  const series = house.postgres
    ? (count) => `generate_series(1, ${count}) AS s(n)`
    : (count) => `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${count}) SELECT n FROM c)`;
  const no = house.postgres ? 'false' : '0';
  await house.query(
    `INSERT INTO unit (id, code, kind, name, short_name, aliases, search, active)
       VALUES (${one('001')}, 'do', 'ward', 'Phường Đo', 'Đo', '[]', 'do', ${house.postgres ? 'true' : '1'})`,
    `INSERT INTO channel (id, code, kind, name, unit_id, profile, zone, permitted, active)
       VALUES (${one('002')}, 'do', 'ward-loudspeaker', 'Loa', ${one('001')}, 'horn', 'Asia/Ho_Chi_Minh', '[]', ${house.postgres ? 'true' : '1'})`,
    `INSERT INTO station (id, channel_id, name, token_hash, token_hint, simulated, active, created_at, last_sequence)
       SELECT ${make('n', '003')}, ${one('002')}, 'Cụm ' || n, 'x' || n, 'x', ${no}, ${house.postgres ? 'true' : '1'}, 0, 0 FROM ${series(STATIONS)}`,
    `INSERT INTO slot (id, key, channel_id, date, starts_at, ends_at, state, why, created_at)
       SELECT ${make('n', '004')}, 'k' || n, ${one('002')}, '2026-11-24', 1764000000000 + 60000 * CAST(n AS bigint),
         1764000000000 + 60000 * CAST(n AS bigint) + 30000, 'played', 'Theo kế hoạch của đợt tuyên truyền', 0
       FROM ${series(Math.ceil(rows / 4))}`,
    `INSERT INTO as_run (id, station_id, sequence, slot_id, channel_id, clip_sha256, started_at, ended_at, outcome, detail, grade, received_at)
       SELECT ${make('n', '005')}, ${make(`(n % ${STATIONS} + 1)`, '003')}, n, ${make('((n + 3) / 4)', '004')}, ${one('002')},
         'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 1764000000000 + 15000 * CAST(n AS bigint),
         1764000000000 + 15000 * CAST(n AS bigint) + 30000, 'played', NULL, 'B', 1764000000000 + 15000 * CAST(n AS bigint) + 31000
       FROM ${series(rows)}`,
  );
}

export function sqliteRows(dir) {
  const file = join(dir, 'loa.sqlite');
  const open = (path, work) => {
    const db = new BetterSqlite3(path);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  return {
    postgres: false,
    url: `sqlite:${file}`,
    query: (...all) => open(file, (db) => all.forEach((sql) => db.exec(sql))),
    bytes: () => statSync(file).size,
    fresh: (name) => {
      const path = join(dir, `${name}.sqlite`);
      return {
        url: `sqlite:${path}`,
        count: () => open(path, (db) => db.prepare('SELECT count(*) AS n FROM as_run').get().n),
      };
    },
    bareOut: (path) =>
      open(file, (db) =>
        timed(() => {
          const out = openSync(path, 'w');
          let text = '';
          for (const row of db.prepare('SELECT * FROM as_run').iterate()) {
            text += `${JSON.stringify(row)}\n`;
            if (text.length < 1_000_000) continue;
            writeSync(out, text);
            text = '';
          }
          writeSync(out, text);
          closeSync(out);
        }),
      ),
    // Into the same tables and indices, with the referenced slots already present.
    bareIn: (path) =>
      open(join(dirname(file), `${'bare-in'}.sqlite`), (db) => {
        db.pragma('journal_mode = WAL');
        db.pragma('synchronous = FULL');
        db.exec(`ATTACH '${file}' AS old`);
        const schema = db
          .prepare(
            "SELECT sql FROM old.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND type <> 'trigger'",
          )
          .all();
        for (const { sql } of schema) db.exec(sql);
        for (const table of ['unit', 'channel', 'station', 'slot'])
          db.exec(`INSERT INTO ${table} SELECT * FROM old.${table}`);
        db.exec('DETACH old');
        db.pragma('foreign_keys = ON');
        return timed(() => {
          db.exec('BEGIN');
          let insert;
          for (const line of linesOf(path)) {
            const row = JSON.parse(line);
            const columns = Object.keys(row);
            insert ??= db.prepare(`INSERT INTO as_run (${columns.join()}) VALUES (${columns.map(() => '?').join()})`);
            insert.run(Object.values(row));
          }
          db.exec('COMMIT');
        });
      }),
    close: () => undefined,
  };
}

/** Returns its address. An existing database of that name is dropped. */
export async function freshDatabase(server, name) {
  const admin = await client(server);
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
  } finally {
    await admin.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function postgresRows(server) {
  const [own, target] = ['loa_bench_rows', 'loa_bench_restored'];
  const admin = await client(server);
  const make = (name) => freshDatabase(server, name);
  const url = await make(own);
  const ask = async (address, ...all) => {
    const db = await client(address);
    try {
      let last;
      for (const sql of all) last = await db.query(sql);
      return last.rows;
    } finally {
      await db.end();
    }
  };
  const file = `/tmp/loa-bench-${process.pid}.copy`;
  const took = async (...all) => {
    const start = performance.now();
    await ask(...all);
    return (performance.now() - start) / 1000;
  };
  return {
    postgres: true,
    url,
    query: async (...all) => ask(url, ...all, 'ANALYZE'),
    bytes: async () => Number((await ask(url, 'SELECT pg_database_size(current_database()) AS n'))[0].n),
    fresh: async () => {
      const address = await make(target);
      return { url: address, count: async () => Number((await ask(address, 'SELECT count(*) AS n FROM as_run'))[0].n) };
    },
    bareOut: () => took(url, `COPY as_run TO '${file}'`),
    bareIn: async () => {
      await ask(url, 'DELETE FROM as_run');
      return took(url, `COPY as_run FROM '${file}'`);
    },
    close: async () => {
      for (const name of [own, target]) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

async function client(connectionString) {
  const db = new pg.Client({ connectionString });
  await db.connect();
  return db;
}

function timed(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function* linesOf(path) {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(1 << 20);
  let rest = '';
  for (let read; (read = readSync(file, chunk)) > 0;) {
    const lines = (rest + chunk.toString('latin1', 0, read)).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  closeSync(file);
}
