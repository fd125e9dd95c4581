/**
 * Faults in the protection of loudspeakers against an attacker who can write rows; the form is that of security.mjs.
 */
const rows = ['test/journeys/written-rows'];
const anchors = ['test/journeys/audit-anchors'];
const seal = 'src/people/audit/audit-seal.ts';
const sounds = 'src/playlists/authority/approved-sounds.ts';
const orders = 'src/playlists/authority/ordered-slots.ts';
const idents = 'src/playlists/authority/asked-idents.ts';
const approvals = 'src/approvals/approvals.service.ts';
const sealsInForce = 'src/playlists/authority/seals-in-force.service.ts';
const walk = 'src/people/audit/seal-walk.ts';
const forgeries = 'src/cli/audit/forgeries.ts';
const lost = 'src/cli/audit/lost-anchors.ts';

const fault = (name, file, find, put, tests = rows) => ({ name, file, find, put, tests });

export const mutants = [
  fault(
    'a row of an approval lets slots be placed',
    approvals,
    'const sealed = inForce && (await this.sealed(em, inForce));',
    'const sealed = inForce;',
  ),
  fault(
    'the scope of an approval is that of its row',
    approvals,
    "scope: (row.after['scope'] ?? null) as Scope | null",
    'scope: approval.scope',
  ),
  fault(
    'a backup of before there were seals is not sealed',
    'src/cli/backup/restore-backup.ts',
    'await new AuditSeal(config).unsettle();',
    ';',
    anchors,
  ),
  fault('any seal is ours', seal, 'sameDigest(this.over(hash), seal) &&', ''),
  fault('a seal holds for any values', seal, '&& auditHash(previous, auditFacts(row)) === hash', ''),
  fault(
    'rows that nobody sealed count',
    'src/people/audit/audit-log.service.ts',
    'rows.filter((row) => seals.holds(row))',
    'rows',
  ),
  fault(
    'any file sounds under an approval',
    sounds,
    "clips.some((clip) => clip.sha256 !== '' && clip.sha256 === slot.sha256)",
    'true',
  ),
  fault(
    'an approval that was taken back stands',
    sounds,
    'if (voidedAt !== null && slot.startsAt > voidedAt) return TAKEN_BACK;',
    '',
  ),
  fault('what the row says of a withdrawal is believed', sounds, 'voidedAt: auditedAt ?? voidedAt', 'voidedAt'),
  fault(
    'an approval holds for every ward',
    sounds,
    'if (unitId !== null && unitId !== channel.unitId) return OTHER_UNIT;',
    '',
  ),
  fault(
    'an approval holds on every day',
    sounds,
    'from: slot.date, until: slot.date',
    'from: scope?.from ?? slot.date, until: scope?.from ?? slot.date',
  ),
  fault(
    'an order holds for every place',
    orders,
    'entityId === slot.id && isOrdered(place, after)',
    'entityId === slot.id',
  ),
  fault('whoever moves a slot orders it', orders, "if (action === 'slot.moved') return false;", ''),
  fault('an order is for every stream', orders, "(after['streamUrl'] ?? null) !== expected.streamUrl", 'false'),
  fault(
    'emergencies need no order',
    'src/schedule/slots/slot-order-audit.ts',
    "return kind === 'relay' || authorisedBy !== null;",
    "return kind === 'relay';",
  ),
  fault(
    'relays need no order',
    'src/schedule/slots/slot-order-audit.ts',
    "return kind === 'relay' || authorisedBy !== null;",
    'return authorisedBy !== null;',
  ),
  fault(
    'a ward lets a relay out that nobody asked for',
    'src/schedule/placing/ward-decisions.service.ts',
    "if (request.content.kind === 'relay') await this.requireAsked(tx, row);",
    '',
  ),
  fault('the words of a call are not asked for', idents, '!says(slot, identAskedActions, {}) ||', ''),
  fault('any file is that of a call', idents, 'sha256: slot.sha256', ''),
  fault('what stands is sealed at every start', sealsInForce, 'if (this.seals.isSettled) return;', ''),
  fault('a row without a seal is whole', walk, 'else this.bare.push({ from: seq, to: seq });', 'else void seq;'),
  fault(
    'what nobody let out is in the playlist',
    'src/playlists/formats/playlist-builder.ts',
    '!refused?.has(id)',
    'id',
  ),
  fault('it is not recorded', 'src/playlists/playlists.service.ts', 'await this.leftOut.record();', ''),
  fault('forged approvals are not told', forgeries, 'return !isGiven && !old.has(id);', 'return false;'),
  fault(
    'a lost anchor is not told',
    lost,
    'else if (!(await auditLog.holds(em, anchor))) found',
    'else if (false) found',
    anchors,
  ),
  fault('a foreign signature is believed', lost, 'if (ours === false)', 'if (ours === undefined)', anchors),
  fault(
    'playlists of the house are not asked',
    lost,
    "'p.audit_seq > 0 AND a.seq IS NULL'",
    "'p.audit_seq < 0 AND a.seq IS NULL'",
    anchors,
  ),
  fault(
    'a station’s word is not looked up',
    'src/stations/anchor-watch.service.ts',
    'await this.auditLog.holds(this.database.read(), anchor)',
    'true',
    anchors,
  ),
  fault(
    'a player believes unsigned rows',
    'src/stations/player/local-playlist-store.ts',
    'delete parsed.data.audit;',
    '',
    anchors,
  ),
  fault('every poll is a new version', 'src/playlists/day-builder.service.ts', 'anchorOf(stored));', 'null);', anchors),
];
