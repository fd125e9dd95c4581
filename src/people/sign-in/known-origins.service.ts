import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { newId, newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { accountOf, type Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownOrigin } from '../accounts/known-origin.entity.js';
import type { RequestOrigin } from '../access/request-origin.js';

/** The relation of a request to an account: from a known browser, from a known network, or from neither. */
export type OriginStatus = 'device' | 'network' | 'stranger';

const KEPT_MS = 90 * 86_400_000;
const KEPT_EACH = 10;

/**
 * Devices and networks from which the owner of an account has signed in: wrong guesses of strangers do not affect them.
 */
@Injectable()
export class KnownOrigins {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * `proven`: a code of the phone must have been given from there. Runs the same query for an account that does not
   * exist.
   */
  async status(
    em: EntityManager,
    accountId: string | null,
    from: RequestOrigin,
    proven: boolean,
  ): Promise<OriginStatus> {
    const marks = marksOf(from);
    const rows = await em.findBy(KnownOrigin, { accountId: accountId ?? 'nobody', mark: In(Object.values(marks)) });
    const since = this.clock.now() - KEPT_MS;
    const known = rows.filter(({ seenAt, codeAt }) => (proven ? (codeAt ?? 0) : seenAt) > since);
    if (known.some(({ mark }) => mark === marks.device)) return 'device';
    return known.length > 0 ? 'network' : 'stranger';
  }

  /**
   * Call when the owner has signed in from there. Returns the new value of the browser's cookie; null when its present
   * cookie came from us: a browser of several people has one. A cookie that we did not issue may be somebody else's.
   */
  async remember(tx: EntityManager, accountId: string, from: RequestOrigin): Promise<string | null> {
    const { device, network } = marksOf(from);
    const fresh = device && (await tx.existsBy(KnownOrigin, { mark: device })) ? null : newSecret();
    await this.note(tx, accountId, [fresh ? `device:${sha256(fresh)}` : device, network], {});
    return fresh;
  }

  /** Call when the owner has given a code of the phone from there. */
  async prove(tx: EntityManager, accountId: string, from: RequestOrigin): Promise<void> {
    const { device, network } = marksOf(from);
    const given = device && (await tx.existsBy(KnownOrigin, { accountId, mark: device })) ? device : undefined;
    await this.note(tx, accountId, [given, network], { codeAt: this.clock.now() });
  }

  private async note(
    tx: EntityManager,
    accountId: string,
    marks: readonly (string | undefined)[],
    code: { codeAt?: Instant },
  ): Promise<void> {
    const now = this.clock.now();
    for (const mark of marks) {
      if (!mark) continue;
      const row = { id: newId(now), accountId, mark, seenAt: now, codeAt: null };
      await tx.createQueryBuilder().insert().into(KnownOrigin).values(row).orIgnore().updateEntity(false).execute();
      await tx.update(KnownOrigin, { accountId, mark }, { seenAt: now, ...code });
    }
    const rest = superfluous(await tx.findBy(KnownOrigin, { accountId }), now);
    if (rest.length > 0) await tx.delete(KnownOrigin, rest);
  }

  /**
   * "It was not me": every origin but this device and its network counts as a stranger again. Returns how many there
   * were.
   */
  async forgetOthers(actor: Actor): Promise<number> {
    const accountId = accountOf(actor);
    const mine = Object.values(marksOf(originOf(actor)));
    return this.database.write(async (tx) => {
      const others = (await tx.findBy(KnownOrigin, { accountId })).filter(({ mark }) => !mine.includes(mark));
      if (others.length > 0)
        await tx.delete(
          KnownOrigin,
          others.map(({ id }) => id),
        );
      const fact = { action: 'session.origins-forgotten', entity: 'account', entityId: accountId };
      await this.audit.record(tx, actor, { ...fact, after: { count: others.length } });
      return others.length;
    });
  }
}

export function originOf({ from, address }: Actor): RequestOrigin {
  return from ?? { address: address ?? '', network: null, device: null };
}

/**
 * Ids of rows that are too old or too many. An intruder with only the password cannot push out origins that have given
 * codes.
 */
export function superfluous(rows: readonly KnownOrigin[], now: Instant): string[] {
  const kept = new Map<string, number>();
  return [...rows]
    .sort((a, b) => b.seenAt - a.seenAt || (a.id < b.id ? 1 : -1))
    .filter(({ mark, seenAt, codeAt }) => {
      const kind = `${mark.split(':', 1)[0]} ${codeAt !== null}`;
      kept.set(kind, (kept.get(kind) ?? 0) + 1);
      return now - seenAt > KEPT_MS || (kept.get(kind) ?? 0) > KEPT_EACH;
    })
    .map(({ id }) => id);
}

function marksOf({ device, network }: RequestOrigin): { device?: string; network?: string } {
  return { ...(device ? { device: `device:${device}` } : {}), ...(network ? { network: `network:${network}` } : {}) };
}
