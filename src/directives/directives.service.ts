import { Injectable } from '@nestjs/common';
import { type EntityManager, Like, Not } from 'typeorm';
import { cleanText, sameWhenClean } from '../shared/clean-text.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { fold } from '../shared/fold.js';
import { newId, sha256 } from '../shared/ids.js';
import { type LocalDate, showDate } from '../shared/local-time.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { lockInOrder } from '../channels/entities/lock-channels.js';
import type { Actor } from '../people/access/actor.js';
import { Unit } from '../people/units/unit.entity.js';
import { Audit } from '../people/audit/audit.js';
import { Directive, type DirectiveKind } from './directive.entity.js';
import { DirectiveRegistered, DirectiveWithdrawn, ObligationRemoving } from './directives.events.js';
import { changedHead, type DirectiveHead, directiveVersion, headOf, requireHead } from './head-correction.js';
import { isOurLetter } from './letter-place.js';
import type { Letter } from './reading/text/letter.js';
import { maxLetterBytes, letterTooLarge } from './letter-bytes.js';
import { LetterReadings } from './letter-readings.service.js';
import { Obligation } from './obligation.entity.js';
import {
  obligationChanged,
  fieldsOf,
  type CorrectedObligation,
  type ObligationFields,
  obligationVersion,
  requireFields,
  tidyAddressees,
} from './obligation-correction.js';

/** Letters that order an announcement, and the obligations read from them. */
@Injectable()
export class Directives {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly audit: Audit,
    private readonly readings: LetterReadings,
  ) {}

  /** Reads a letter without registering it; `elsewhere`: it seems to be a letter of another place. */
  async preview(text: string): Promise<Letter & { elsewhere: boolean }> {
    const letter = await this.readings.read(text);
    return { ...letter, elsewhere: !(await this.isOurs(this.database.read(), letter)) };
  }

  /**
   * Reads and registers a letter with its obligations. A letter with the same number, issuer and date is the same
   * letter: the answer has its id and `already`, and nothing changes. Throws `not-a-letter` (422) naming what is
   * missing, `other-text` (409) when that number is registered with another text, `other-place` (409) when it seems to
   * be a letter of another place and the caller has not said whether it concerns the units here.
   */
  async register(
    actor: Actor,
    text: string,
    { head, place, without = [] }: Registration = {},
  ): Promise<{ id: string; already: boolean; letter: Letter }> {
    if (text.length > maxLetterBytes) throw letterTooLarge(text.length);
    const body = cleanText(text, 'text');
    const read = await this.readings.read(body);
    const letter = head ? { ...read, directive: { ...read.directive, ...requireHead(head) } } : read;
    const { number, issuedOn, issuer } = letter.directive;
    if (!number || !issuedOn || !issuer) {
      throw new DomainError(
        'invalid',
        'not-a-letter',
        {
          vi: 'Văn bản thiếu số, ngày ban hành hoặc cơ quan ban hành nên chưa vào sổ được.',
          en: 'The letter lacks its number, date or issuer.',
        },
        { missing: letter.missing },
      );
    }
    return this.database.write(async (tx) => {
      const old = await tx.findOneBy(Directive, { number, issuedOn, issuer });
      const bodyHash = sha256(body);
      // Letters that were registered before texts were cleaned still count as the same letter.
      if (old && old.bodyHash !== bodyHash && !sameWhenClean(old.body, body)) throw otherText(old);
      if (old) return { id: old.id, already: true, letter };
      if (place === undefined && !(await this.isOurs(tx, letter))) throw otherPlace(issuer);
      const elsewhere = place === 'elsewhere';
      const chosen = (one: Letter['obligations'][number]) =>
        !without.some((other) => other.assignment === one.assignment && other.channelKind === one.channelKind);
      const obligations = elsewhere ? [] : letter.obligations.filter(chosen);
      const taken = { ...letter, obligations };
      const id = await this.insert(tx, actor, taken, { number, issuedOn, issuer, elsewhere }, body, bodyHash);
      await this.events.publish(tx, new DirectiveRegistered(id));
      return { id, already: false, letter: taken };
    });
  }

  /**
   * Registers an announcement without a letter, as one point with an obligation for each channel kind. Its number is the
   * next one of its issuer and year.
   */
  async announce(tx: EntityManager, actor: Actor, { issuer, on, title, text, obligations }: NewAnnouncement) {
    await lockInOrder(tx, 'directive');
    const year = on.slice(0, 4);
    const before = await tx.countBy(Directive, { kind: 'announcement', issuer, issuedOn: Like(`${year}-%`) });
    const number = `TB ${String(before + 1).padStart(2, '0')}/${year}`;
    const addressees = [...new Set(obligations.flatMap((one) => one.addressees))];
    const channels = obligations.map(({ channelKind }) => channelKind);
    const assignments = [{ n: 1, addressees, text: title, channels }];
    const directive = { number, issuedOn: on, issuer, place: null, subject: title, urgency: null };
    const document = { references: [], recipients: [], to: [], assignments };
    const letter: Letter = { directive: { ...directive, ...document }, obligations: [], missing: [], warnings: [] };
    const head = { number, issuedOn: on, issuer, elsewhere: false, kind: 'announcement' as const };
    const id = await this.insert(tx, actor, letter, head, text, sha256(text));
    for (const fields of obligations) {
      requireFields(fields);
      await tx.insert(Obligation, { id: newId(this.clock.now()), directiveId: id, assignment: 1, ...fields });
    }
    return { id, number };
  }

  /**
   * Corrects the head. `seen`: the version that was edited. Throws 404, `bad-head` (422), `directive-changed` (412),
   * `directive-exists` (409) when another letter has this number, issuer and date.
   */
  correctHead(actor: Actor, id: string, fields: DirectiveHead, seen: string): Promise<Directive> {
    const head = requireHead(fields);
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'directive');
      const directive = await this.inForce(tx, id);
      if (directiveVersion(directive) !== seen) throw changedHead();
      const { number, issuedOn, issuer } = head;
      const other = await tx.findOneBy(Directive, { number, issuedOn, issuer, id: Not(id) });
      if (other) throw directiveExists(other);
      const before = headOf(directive);
      const search = searchOf(head);
      await tx.update(Directive, { id }, { ...head, search });
      const change = { before, after: head };
      await this.audit.record(tx, actor, { action: 'directive.changed', entity: 'directive', entityId: id, ...change });
      return { ...directive, ...head, search };
    });
  }

  /**
   * Withdraws a letter or an announcement: its campaigns are cancelled with the reason, so what is planned for it is
   * taken out; what has aired stays. Throws 404, `reason-needed` (422), `directive-withdrawn` (409).
   */
  async withdraw(actor: Actor, id: string, reason: string): Promise<void> {
    const why = reason.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (why.length < 3) throw reasonNeeded();
    await this.database.write(async (tx) => {
      await lockInOrder(tx, 'directive');
      const directive = await this.inForce(tx, id);
      const withdrawn = { withdrawnAt: this.clock.now(), withdrawnBy: actor.accountId, withdrawReason: why };
      await tx.update(Directive, { id }, withdrawn);
      const fact = { action: 'directive.withdrawn', entity: 'directive', entityId: id, after: { reason: why } };
      await this.audit.record(tx, actor, fact);
      const name = directive.kind === 'letter' ? `Văn bản ${directive.number}` : `Thông báo ${directive.number}`;
      await this.events.publish(tx, new DirectiveWithdrawn(id, `${name} đã rút: ${why}`, actor));
    });
  }

  /** Newest letter first; `search` ignores case, tone marks and đ, and matches number, issuer and subject. */
  async list(search?: string): Promise<Directive[]> {
    const query = this.database.read().createQueryBuilder(Directive, 'directive');
    const words = search ? fold(search).split(' ').filter(Boolean) : [];
    words.forEach((word, n) => {
      query.andWhere(`directive.search LIKE :word${n} ESCAPE '!'`, {
        [`word${n}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    });
    return query.orderBy('directive.issuedOn', 'DESC').addOrderBy('directive.id', 'DESC').getMany();
  }

  async byId(id: string): Promise<{ directive: Directive; obligations: Obligation[] }> {
    const em = this.database.read();
    const directive = await em.findOneBy(Directive, { id });
    if (!directive) throw notFound();
    const order = { assignment: 'ASC', channelKind: 'ASC' } as const;
    return { directive, obligations: await em.find(Obligation, { where: { directiveId: id }, order }) };
  }

  /**
   * Corrects a misreading; existing plans stay as they are. `seen`: the version that was edited. Throws `bad-plays`,
   * `bad-date`, `bad-period`, `bad-addressees` (422), 404, `obligation-changed` (409) when another change came first.
   */
  async correctObligation(
    actor: Actor,
    directiveId: string,
    obligationId: string,
    asked: CorrectedObligation,
    seen: string,
  ): Promise<Obligation> {
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'obligation');
      const obligation = await tx.findOneBy(Obligation, { id: obligationId, directiveId });
      if (!obligation) throw notFound();
      const { channelKind = obligation.channelKind, addressees = obligation.addressees } = asked;
      const [before, after] = [
        fieldsOf(obligation),
        fieldsOf({ ...asked, channelKind, addressees: tidyAddressees(addressees) }),
      ];
      requireFields(after);
      if (obligationVersion(before) !== seen) throw obligationChanged();
      if (obligationVersion(after) === seen) return obligation;
      await tx.update(Obligation, { id: obligationId }, after);
      await this.recordObligation(tx, actor, 'obligation.changed', { ...obligation, ...after }, before, after);
      return { ...obligation, ...after };
    });
  }

  /** Adds what the reader missed. Throws 404, `directive-withdrawn` (409), and the refusals of a correction (422). */
  addObligation(actor: Actor, directiveId: string, assignment: number, asked: ObligationFields): Promise<Obligation> {
    const fields = { ...asked, addressees: tidyAddressees(asked.addressees) };
    requireFields(fields);
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'obligation');
      await this.inForce(tx, directiveId);
      const row: Obligation = { id: newId(this.clock.now()), directiveId, assignment, ...fieldsOf(fields) };
      await tx.insert(Obligation, row);
      await this.recordObligation(tx, actor, 'obligation.added', row, undefined, fieldsOf(row));
      return row;
    });
  }

  /** Removes what the letter does not ask. Throws 404, and `obligation-in-use` (409) once a campaign answers the letter. */
  async removeObligation(actor: Actor, directiveId: string, obligationId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await lockInOrder(tx, 'obligation');
      const obligation = await tx.findOneBy(Obligation, { id: obligationId, directiveId });
      if (!obligation) throw notFound();
      await this.events.publish(tx, new ObligationRemoving(obligationId, directiveId));
      await tx.delete(Obligation, { id: obligationId });
      await this.recordObligation(tx, actor, 'obligation.removed', obligation, fieldsOf(obligation));
    });
  }

  private async recordObligation(
    tx: EntityManager,
    actor: Actor,
    action: string,
    { id: entityId, directiveId }: Obligation,
    before?: ObligationFields,
    after?: ObligationFields,
  ): Promise<void> {
    await this.audit.record(tx, actor, {
      action,
      entity: 'obligation',
      entityId,
      before: before && { directiveId, ...before },
      after: after && { directiveId, ...after },
    });
  }

  private async inForce(tx: EntityManager, id: string): Promise<Directive> {
    const directive = await tx.findOneBy(Directive, { id });
    if (!directive) throw notFound();
    requireInForce(directive);
    return directive;
  }

  /** An issuer whose letter was registered for the units here before is not asked about again. */
  private async isOurs(em: EntityManager, { directive }: Letter): Promise<boolean> {
    if (isOurLetter(directive, await em.find(Unit))) return true;
    const known = { kind: 'letter' as const, elsewhere: false, issuer: directive.issuer ?? '' };
    return em.existsBy(Directive, known);
  }

  private async insert(
    tx: EntityManager,
    actor: Actor,
    letter: Letter,
    head: { number: string; issuedOn: string; issuer: string; elsewhere: boolean; kind?: DirectiveKind },
    body: string,
    bodyHash: string,
  ): Promise<string> {
    const id = newId(this.clock.now());
    const { place, subject, urgency, references, assignments, recipients, to } = letter.directive;
    await tx.insert(Directive, {
      id,
      ...head,
      place,
      subject,
      urgency,
      references,
      assignments,
      recipients,
      to,
      missing: letter.missing,
      body,
      bodyHash,
      search: searchOf({ ...head, subject }),
      registeredAt: this.clock.now(),
      registeredBy: actor.accountId,
    });
    for (const obligation of letter.obligations) {
      const addressees = assignments.find((one) => one.n === obligation.assignment)?.addressees ?? [];
      await tx.insert(Obligation, { id: newId(this.clock.now()), directiveId: id, addressees, ...obligation });
    }
    const after = { ...head, subject, bodyHash, obligations: letter.obligations.length };
    await this.audit.record(tx, actor, { action: 'directive.registered', entity: 'directive', entityId: id, after });
    return id;
  }
}

/** What a person has decided about a letter before it is registered. */
export interface Registration {
  /** The head as corrected. */
  head?: DirectiveHead;
  /** Of a letter that seems to be of another place: whether it obliges the units here. */
  place?: 'here' | 'elsewhere';
  /** Obligations that the reader found and the letter does not ask. */
  without?: readonly Pick<Obligation, 'assignment' | 'channelKind'>[];
}

export interface NewAnnouncement {
  issuer: string;
  on: LocalDate;
  title: string;
  text: string;
  obligations: readonly ObligationFields[];
}

/** Throws `directive-withdrawn` (409). */
export function requireInForce({ number, withdrawnAt }: Pick<Directive, 'number' | 'withdrawnAt'>): void {
  if (withdrawnAt === null) return;
  throw new DomainError('conflict', 'directive-withdrawn', {
    vi: `Văn bản ${number} đã rút, không thay đổi hoặc mở đợt mới được.`,
    en: `Letter ${number} was withdrawn; nothing more is changed or opened for it.`,
  });
}

function searchOf({ number, issuer, subject }: Pick<Directive, 'number' | 'issuer' | 'subject'>): string {
  return fold([number, issuer, subject ?? ''].join(' '));
}

function otherText({ id, number, issuedOn }: Directive): DomainError {
  const sentence = {
    vi: `Văn bản số ${number} ngày ${showDate(issuedOn)} đã vào sổ với nội dung khác. Hãy xem lại bản đã có.`,
    en: `Letter ${number} of ${issuedOn} is registered with another text.`,
  };
  return new DomainError('conflict', 'other-text', sentence, { id });
}

function directiveExists({ id, number, issuedOn }: Directive): DomainError {
  const sentence = {
    vi: `Văn bản số ${number} ngày ${showDate(issuedOn)} đã có trong sổ.`,
    en: `Letter ${number} of ${issuedOn} is registered already.`,
  };
  return new DomainError('conflict', 'directive-exists', sentence, { id, field: 'number' });
}

function otherPlace(issuer: string): DomainError {
  return new DomainError(
    'conflict',
    'other-place',
    {
      vi: `Văn bản của “${issuer}” có vẻ là của nơi khác. Hãy cho biết có giao việc cho các đơn vị ở đây hay không.`,
      en: `The letter of “${issuer}” seems to be of another place. Say whether it obliges the units here.`,
    },
    { field: 'place', issuer },
  );
}

function reasonNeeded(): DomainError {
  return new DomainError(
    'invalid',
    'reason-needed',
    { vi: 'Xin ghi lý do rút văn bản.', en: 'Say why the letter is withdrawn.' },
    { field: 'reason' },
  );
}
