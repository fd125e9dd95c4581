/** Faults in rules against one person acting alone, in passwords and in sessions; the form is that of security.mjs. */
const waiting = ['test/journeys/waiting-period'];
const phone = ['test/journeys/first-phone'];
const periods = 'src/people/accounts/waiting-periods.service.ts';
const second = 'src/people/sign-in/second-person.service.ts';
const factor = 'src/people/sign-in/second-factor.service.ts';
const accounts = 'src/people/accounts/accounts.service.ts';

const begins = (cause, file, find) => ({
  name: `nothing waits after ${cause}`,
  file,
  find,
  put: '',
  tests: waiting,
});

export const mutants = [
  begins('an account is made', accounts, "await this.waiting.begin(tx, actor, id, 'created');"),
  begins('it is unlocked', accounts, "await this.waiting.begin(tx, actor, accountId, 'enabled');"),
  begins('its password is set', accounts, "await this.waiting.begin(tx, actor, accountId, 'password-set');"),
  begins(
    'it gets a role',
    accounts,
    "if (gainsTrust(before, grants)) await this.waiting.begin(tx, actor, accountId, 'role-granted');",
  ),
  begins('its phone is taken away', factor, "await this.waiting.begin(tx, actor, accountId, 'phone-reset');"),
  {
    name: 'everybody whose roles change waits',
    file: accounts,
    find: "gained.has('approver') || (gained.has('admin') && !held.has('approver'))",
    put: 'true',
    tests: waiting,
  },
  {
    name: 'a day of waiting ends a moment early',
    file: periods,
    find: 'until: MoreThan(this.clock.now())',
    put: 'until: MoreThan(this.clock.now() + 1)',
    tests: waiting,
  },
  {
    name: 'what was stopped ends by time',
    file: periods,
    find: '{ ...which, confirmedAt: IsNull(), stoppedAt: Not(IsNull()) },',
    put: '',
    tests: waiting,
  },
  {
    name: 'who did it confirms it',
    file: second,
    find: 'row.causedBy === confirmedBy || ',
    put: '',
    tests: waiting,
  },
  {
    name: 'the account confirms itself when its time is over',
    file: second,
    find: 'row.accountId === confirmedBy || ',
    put: '',
    tests: waiting,
  },
  {
    name: 'a confirmation needs no code of the phone',
    file: second,
    find: '      await this.secondFactor.require(actor, tx);\n      await this.end(',
    put: '      await this.end(',
    tests: waiting,
  },
  {
    name: 'a waiting administrator lets others enrol',
    file: second,
    find: "if (hasRole(actor, 'admin')) await this.waiting.requireOver(tx, actor.accountId);",
    put: "if (hasRole(actor, 'admin'));",
    tests: waiting,
  },
  {
    name: 'stopping leaves the sessions',
    file: second,
    find: 'await tx.delete(Session, { accountId });',
    put: '',
    tests: waiting,
  },
  {
    name: 'stopping leaves the password that an administrator chose',
    file: second,
    find: 'if (rows.some(({ cause }) => passwordCauses.includes(cause)))',
    put: 'if (rows.length < 0)',
    tests: waiting,
  },
  {
    name: 'stopping leaves the phone that was enrolled since',
    file: second,
    find: 'await this.secondFactor.dropSince(tx, accountId, Math.min(...rows.map(({ beganAt }) => beganAt)));',
    put: '',
    tests: waiting,
  },
  {
    name: 'one issues an enrolment code for oneself',
    file: second,
    find: 'if (actor.accountId === accountId) throw ownCode();',
    put: '',
    tests: phone,
  },
  {
    name: 'an enrolment goes on in any session',
    file: factor,
    find: 'pendingSecret !== null && pendingSession === (sessionId ?? null)',
    put: 'pendingSecret !== null',
    tests: phone,
  },
  {
    name: 'an enrolment code is good for ever',
    file: 'src/people/sign-in/enrolment-codes.service.ts',
    find: 'MoreThan(this.clock.now())',
    put: 'MoreThan(0)',
    tests: phone,
  },
  {
    name: 'an enrolment code is good for every account',
    file: 'src/people/sign-in/enrolment-codes.service.ts',
    find: '{ accountId, codeHash: hashOf(accountId, typed), expiresAt }',
    put: '{ expiresAt }',
    tests: phone,
  },
  {
    name: 'common passwords are taken',
    file: 'src/people/accounts/passwords.ts',
    find: 'await (ranks ??= commonPasswords())',
    put: 'new Map()',
    tests: ['test/journeys/own-password'],
  },
  {
    name: 'passwords of the names of offices are taken',
    file: accounts,
    find: 'offices: await this.units.names()',
    put: 'offices: []',
    tests: ['test/journeys/own-password'],
  },
  {
    name: 'a new sign-in ends no session',
    file: 'src/people/sign-in/sessions.service.ts',
    find: 'if (endOthers) await this.endAllBut(tx, actor, accountId, sessionId);',
    put: '',
    tests: ['test/journeys/security'],
  },
];
