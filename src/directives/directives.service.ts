import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { cleanText, sameWhenClean } from '../shared/clean-text.js';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { fold } from '../shared/fold.js';
import { newId, sha256 } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { Events } from '../database/events.js';
import { lockInOrder } from '../channels/entities/lock-channels.js';
import type { Actor } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Directive } from './directive.entity.js';
import { DirectiveRegistered } from './directives.events.js';
import type { Letter } from './reading/text/letter.js';
import { maxLetterBytes, letterTooLarge } from './letter-bytes.js';
import { LetterReadings } from './letter-readings.service.js';
import { Obligation } from './obligation.entity.js';
import {
  obligationChanged,
  fieldsOf,
  type ObligationFields,
  obligationVersion,
  requireFields,
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

  /**
   * Reads and registers a letter with its obligations. A letter with the same number, issuer and date is the same
   * letter: the answer has its id and `already`, and nothing changes. Throws `not-a-letter` (422) naming what is
   * missing, `other-text` (409) when that number is registered with another text.
   */
  async register(actor: Actor, text: string): Promise<{ id: string; already: boolean; letter: Letter }> {
    if (text.length > maxLetterBytes) throw letterTooLarge(text.length);
    const body = cleanText(text, 'text');
    const letter = await this.readings.read(body);
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
      if (old && old.bodyHash !== bodyHash && !sameWhenClean(old.body, body)) {
        throw new DomainError(
          'conflict',
          'other-text',
          {
            vi: `Văn bản số ${number} ngày ${issuedOn} đã vào sổ với nội dung khác. Hãy xem lại bản đã có.`,
            en: `Letter ${number} of ${issuedOn} is registered with another text.`,
          },
          { id: old.id },
        );
      }
      if (old) return { id: old.id, already: true, letter };
      const id = await this.insert(tx, actor, letter, { number, issuedOn, issuer }, body, bodyHash);
      await this.events.publish(tx, new DirectiveRegistered(id));
      return { id, already: false, letter };
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
   * `bad-date`, `bad-period` (422), 404, `obligation-changed` (409) when another change came first.
   */
  async correctObligation(
    actor: Actor,
    directiveId: string,
    obligationId: string,
    fields: ObligationFields,
    seen: string,
  ): Promise<Obligation> {
    requireFields(fields);
    return this.database.write(async (tx) => {
      await lockInOrder(tx, 'obligation');
      const obligation = await tx.findOneBy(Obligation, { id: obligationId, directiveId });
      if (!obligation) throw notFound();
      const [before, after] = [fieldsOf(obligation), fieldsOf(fields)];
      if (obligationVersion(before) !== seen) throw obligationChanged();
      if (obligationVersion(after) === seen) return obligation;
      await tx.update(Obligation, { id: obligationId }, after);
      await this.audit.record(tx, actor, {
        action: 'obligation.changed',
        entity: 'obligation',
        entityId: obligationId,
        before: { directiveId, ...before },
        after: { directiveId, ...after },
      });
      return { ...obligation, ...after };
    });
  }

  private async insert(
    tx: EntityManager,
    actor: Actor,
    letter: Letter,
    head: { number: string; issuedOn: string; issuer: string },
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
      search: fold([head.number, head.issuer, subject ?? ''].join(' ')),
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
