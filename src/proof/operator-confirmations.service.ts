import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError, notFound } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { Database } from '../database/database.js';
import { accountOf, type Actor, operatedUnits } from '../people/access/actor.js';
import { Audit } from '../people/audit/audit.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { type SlotState, slotStateNames } from '../schedule/slots/slot.transitions.js';
import { Slot } from '../schedule/slots/slot.entity.js';
import { AsRun } from './as-run.entity.js';
import { Reconciliation } from './reconciliation.service.js';

export interface OperatorConfirmation {
  played: boolean;
  /** Why it was not played. */
  reason?: string;
}

/** An operator's confirmation for a slot of his own ward: evidence of grade C. */
@Injectable()
export class OperatorConfirmations {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: Reconciliation,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The last confirmation counts until the slot is final; repeating it changes nothing. Throws `reason-needed` and
   * `not-yet` (422), `slot-decided` (409), and 404 for a slot that is missing or of another ward.
   */
  async tick(actor: Actor, slotId: string, { played, reason }: OperatorConfirmation): Promise<{ state: SlotState }> {
    const recordedBy = accountOf(actor);
    const why = reason?.replace(/\s+/g, ' ').trim() || null;
    if (!played && !why) throw reasonNeeded();
    return this.database.write(async (tx) => {
      // The same lock as in `Reconciliation.hold`, which reads the slot again.
      const lock = this.database.isPostgres ? { lock: { mode: 'for_no_key_update' as const } } : {};
      const slot = await tx.findOne(Slot, { where: { id: slotId }, ...lock });
      const channel = slot && (await tx.findOneBy(Channel, { id: slot.channelId }));
      if (!slot || !channel || !operatedUnits(actor).includes(channel.unitId)) throw notFound();
      const now = this.clock.now();
      if (now < slot.startsAt) throw notYet();
      const outcome = played ? ('played' as const) : ('failed' as const);
      const isOpen = slot.state === 'planned' || slot.evidenceUntil !== null;
      if (!isOpen) {
        if (slot.state === (played ? 'played' : 'missed')) return { state: slot.state };
        throw decided(slot.state);
      }
      const confirmations = await tx.find(AsRun, {
        where: { slotId, grade: 'C' },
        order: { receivedAt: 'ASC', id: 'ASC' },
      });
      const last = confirmations.at(-1);
      if (last?.outcome !== outcome || last.detail !== why) {
        await tx.insert(AsRun, {
          id: newId(now),
          stationId: null,
          sequence: null,
          slotId,
          channelId: channel.id,
          clipSha256: null,
          // The operator does not give exact times: the plan's times are stored.
          startedAt: slot.startsAt,
          endedAt: slot.endsAt,
          outcome,
          detail: why,
          grade: 'C',
          // Always later than the confirmation before it, so that the last one can be identified.
          receivedAt: Math.max(now, (last?.receivedAt ?? 0) + 1),
          recordedBy,
        });
        const fact = { action: 'slot.ticked', entity: 'slot', entityId: slotId, unitId: channel.unitId };
        await this.audit.record(tx, actor, { ...fact, after: { played, reason: why } });
      }
      await this.reconciliation.settle(tx, await this.reconciliation.hold(tx, [slotId]));
      return { state: (await tx.findOneByOrFail(Slot, { id: slotId })).state };
    });
  }
}

function reasonNeeded(): DomainError {
  return new DomainError('invalid', 'reason-needed', {
    vi: 'Xin ghi lý do lượt này không phát được.',
    en: 'Say why it was not played.',
  });
}

function notYet(): DomainError {
  return new DomainError('invalid', 'not-yet', {
    vi: 'Chưa đến giờ phát của lượt này.',
    en: 'This slot has not begun.',
  });
}

function decided(state: SlotState): DomainError {
  return new DomainError(
    'conflict',
    'slot-decided',
    {
      vi: `Lượt phát này đã có kết quả: ${slotStateNames[state].toLowerCase()}. Nếu sai, hãy báo cán bộ VHTT.`,
      en: `This slot is decided: ${state}. If that is wrong, tell the official.`,
    },
    { state },
  );
}
