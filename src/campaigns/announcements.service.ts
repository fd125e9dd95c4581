import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type ChannelKind, isLoudspeaker } from '../shared/channel-kind.js';
import { cleanText } from '../shared/clean-text.js';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { type LocalDate, localDateOf } from '../shared/local-time.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Actor } from '../people/access/actor.js';
import { Unit } from '../people/units/unit.entity.js';
import { Directives } from '../directives/directives.service.js';
import type { BulletinClass } from './bulletin-class.js';
import { Campaigns } from './campaigns.service.js';

export interface AnnouncementOrder {
  title: string;
  text: string;
  /** Code of the unit that makes it known. */
  unit: string;
  channelKinds: readonly ChannelKind[];
  /** Codes of the units that hear it; empty for all units with such channels. */
  units: readonly string[];
  playsPerDay: number;
  from: LocalDate;
  until: LocalDate;
  bulletinClass: BulletinClass;
}

/** Announcements without a letter: a water cut, a lost child, a meeting. */
@Injectable()
export class Announcements {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly directives: Directives,
    private readonly campaigns: Campaigns,
  ) {}

  /**
   * Registers the announcement and opens its campaign, in one transaction: from there on scripts, approval, slots and
   * report are those of any campaign. Throws `unknown-unit`, `bad-period`, `bad-plays` (422).
   */
  make(actor: Actor, order: AnnouncementOrder): Promise<{ directiveId: string; campaignId: string; number: string }> {
    return this.database.write(async (tx) => {
      const issuer = await tx.findOneBy(Unit, { code: order.unit, active: true });
      if (!issuer) throw unknownUnit('unit', order.unit);
      const heard = await tx.findBy(Unit, { code: In([...order.units]), active: true });
      const missing = order.units.find((code) => !heard.some((unit) => unit.code === code));
      if (missing !== undefined) throw unknownUnit('units', missing);
      const { title, from, until, bulletinClass } = order;
      const obligations = [...new Set(order.channelKinds)].map((channelKind) => ({
        channelKind,
        addressees: heard.map(({ name }) => name),
        minPlaysPerDay: isLoudspeaker(channelKind) ? order.playsPerDay : null,
        maxPlaysPerDay: null,
        from,
        until,
        reportDue: null,
      }));
      const on = localDateOf(this.clock.now(), this.config.timeZone);
      const text = cleanText(order.text, 'text');
      const made = await this.directives.announce(tx, actor, { issuer: issuer.name, on, title, text, obligations });
      const name = `${title} (${made.number})`.slice(0, 200);
      const campaign = { directiveId: made.id, name, from, until, bulletinClass };
      const campaignId = await this.campaigns.openIn(tx, actor, campaign);
      return { directiveId: made.id, campaignId, number: made.number };
    });
  }
}

function unknownUnit(field: string, code: string): DomainError {
  return new DomainError(
    'invalid',
    'unknown-unit',
    { vi: `Không có đơn vị “${code}” đang hoạt động.`, en: `There is no active unit “${code}”.` },
    { field },
  );
}
