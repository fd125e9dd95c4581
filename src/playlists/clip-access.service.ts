import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../database/database.js';
import { type Actor, mayRead, operatedUnits } from '../people/access/actor.js';
import { Clip } from '../audio/clips/clip.entity.js';
import { StationIdent } from '../audio/idents/station-ident.entity.js';
import { Channel } from '../channels/entities/channel.entity.js';
import { Slot } from '../schedule/slots/slot.entity.js';

/** Decides who may hear which clip. */
@Injectable()
export class ClipAccess {
  constructor(private readonly database: Database) {}

  /**
   * Every role except the operator may hear all clips. An operator may hear clips with a slot on a channel of his units
   * that was not cancelled, and the station idents of his units.
   */
  async mayHear(actor: Actor, sha256: string): Promise<boolean> {
    if (mayRead(actor, null)) return true;
    const units = operatedUnits(actor);
    if (units.length === 0) return false;
    const em = this.database.read();
    // The ident of the operator's own station.
    if (await em.existsBy(StationIdent, { sha256, unitId: In([...units]) })) return true;
    return em
      .createQueryBuilder(Slot, 's')
      .innerJoin(Clip, 'c', 'c.id = s.clip_id')
      .innerJoin(Channel, 'h', 'h.id = s.channel_id')
      .where("c.sha256 = :sha256 AND h.unit_id IN (:...units) AND s.state NOT IN ('cancelled', 'replaced')", {
        sha256,
        units,
      })
      .getExists();
  }
}
