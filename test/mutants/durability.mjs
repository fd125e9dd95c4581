/**
 * Faults in durability: upgrades, repeated requests, clocks, copies of an installation, disks; the form is that of
 * security.mjs.
 */
const upgrade = ['test/journeys/upgrade'];
const idempotency = ['test/journeys/idempotency'];
const jobs = ['src/jobs/jobs-clock'];
const clock = ['src/jobs/clock-watch.spec'];
const passive = ['test/journeys/house-passive'];
const identity = ['test/journeys/house-identity'];
const receptions = ['src/http/limits/receptions.spec'];
const never = ['test/journeys/posts-never-twice', 'test/journeys/house-passive'];

const database = 'src/database/database.ts';
const upgrading = 'src/database/engines/upgrade-tables.ts';
const keyed = 'src/people/admission/idempotency.service.ts';
const claims = 'src/jobs/job-claims.ts';
const copy = 'src/jobs/house-copy.service.ts';
const watch = 'src/jobs/clock-watch.service.ts';
const places = 'src/http/limits/receptions.ts';

const fault = (name, file, find, put, tests) => ({ name, file, find, put, tests });

export const mutants = [
  fault(
    'any program opens newer tables',
    'src/database/engines/schema-state.ts',
    'if (unknown.length > 0) throw',
    'if (0) throw',
    upgrade,
  ),
  fault('a command opens older tables', database, 'if (isOlder(state)) throw databaseOlder(state);', '', upgrade),
  fault(
    'tables are upgraded under a server',
    upgrading,
    'return isAlone ? change() : unused(',
    'return true ? change() : unused(',
    upgrade,
  ),
  fault(
    'tables are upgraded without a copy',
    upgrading,
    'const made = copy && isOlder(state)',
    'const made = false && isOlder(state)',
    upgrade,
  ),
  fault(
    'half an upgrade stays',
    upgrading,
    "runMigrations({ transaction: 'all' })",
    "runMigrations({ transaction: 'each' })",
    upgrade,
  ),
  fault('a key is not saved with the change', database, 'if (first) await first.action(tx);', '', idempotency),
  fault(
    'a key is good for any body',
    keyed,
    'if (row.fingerprint !== fingerprint) throw keyReused();',
    '',
    idempotency,
  ),
  fault('a refusal is final', keyed, 'tx.delete(IdempotentRequest, { id })', 'Promise.resolve()', idempotency),
  fault('answers are kept unsealed', keyed, '{ answer: this.box.seal(id, text) }', '{ answer: text }', idempotency),
  fault(
    'a key is kept for ever',
    keyed,
    'if (!row || row.createdAt < now - KEPT_MS) return undefined;',
    'if (!row) return undefined;',
    idempotency,
  ),
  fault(
    'what goes on after a request is its first change',
    database,
    "finally(() => (first.state = 'over'))",
    'finally(() => undefined)',
    ['src/database/database.spec'],
  ),
  fault('a wrong clock puts jobs off', claims, ' OR (reason IS NOT NULL AND run_at > :beyond)', '', jobs),
  fault('a wrong clock holds jobs', claims, ' OR lease_until > :beyond', '', jobs),
  fault(
    'jobs are timed by a clock in doubt',
    watch,
    'if (!this.inDoubt || this.trusted.origin !== now.origin) return now.wall;',
    'return now.wall;',
    jobs,
  ),
  fault('no jump of the clock is noticed', watch, 'if (Math.abs(jump) <= JUMP_MS) {', 'if (true) {', clock),
  fault('a restored house acts', copy, 'if (reason)\n      throw', 'if (false)\n      throw', passive),
  fault(
    'what was due is posted at the activation',
    'src/posts/restored-posts.service.ts',
    'this.events.on(HouseActivated, ({ at }, tx) => this.doubt(tx, at));',
    '',
    never,
  ),
  fault(
    'the page is not read after an activation',
    'src/posts/publisher.service.ts',
    'if (rival) return rival;',
    '',
    never,
  ),
  fault(
    'a copy hears nothing of a newer one',
    'src/stations/copy-watch.service.ts',
    'if (seen) await this.hear(seen);',
    '',
    passive,
  ),
  fault(
    'a copy believes what nobody signed',
    'src/stations/copy-watch.service.ts',
    ' || !verifyPlaylist(Buffer.from(markText(seen)), seen.signature, this.key.publicPem)',
    '',
    passive,
  ),
  fault(
    'any key will do',
    'src/database/house-keys.ts',
    "if (known !== undefined && known !== own) throw otherKeys(this.file(name), 'other');",
    '',
    identity,
  ),
  fault(
    'any address will do',
    'src/playlists/house-address.ts',
    'if (row.address !== null && row.address !== address',
    'if (false && row.address !== address',
    identity,
  ),
  fault('one person sends without end', places, 'this.requireAllowed(reception, 0);', '', receptions),
  fault('what comes in is not measured', places, 'if (unmeasured < MEASURE_EVERY) return;', 'return;', receptions),
  fault(
    'any number of files comes in at once',
    places,
    'if (this.open.size >= RECEPTIONS_AT_ONCE',
    'if (false && this.open.size >= RECEPTIONS_AT_ONCE',
    receptions,
  ),
  fault(
    'a full disk is written to',
    'src/http/space.guard.ts',
    "throw new StorageError('full', 'not-saved');",
    'return true;',
    ['test/journeys/disk.journey', 'test/journeys/disk-database'],
  ),
  fault(
    'renders use up the reserve',
    'src/audio/store/disk-watch.ts',
    'await reserve.require(folder, { need, urgent, fresh: true });',
    '',
    ['test/journeys/disk-recordings', 'test/journeys/disk.journey'],
  ),
  fault(
    'a changed backup is restored',
    'src/cli/backup/backup-format.ts',
    'if (hashOf(facts) !== own) throw',
    'if (false) throw',
    ['test/journeys/backup'],
  ),
  fault(
    'slots are settled while the house may not act',
    'src/proof/reconciliation.service.ts',
    'if (!this.mayAct.now()) return total;',
    '',
    [...passive, 'test/journeys/schedule-clock'],
  ),
];
