import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { Clock, type Instant } from '../../shared/clock.js';
import { newId, newSecret, sha256 } from '../../shared/ids.js';
import { Database } from '../../database/database.js';
import { accountOf, type Actor } from '../access/actor.js';
import { Audit } from '../audit/audit.js';
import { KnownOrigin } from '../accounts/known-origin.entity.js';
import type { RequestOrigin } from '../access/request-origin.js';

/** What an account knows of whoever asks for it: the browser, at least the network, or nothing. */
export type OriginStatus = 'device' | 'network' | 'stranger';

const KEPT_MS = 90 * 86_400_000;
const KEPT_EACH = 10;

/** Devices and networks from which the owner of an account has signed in: what strangers get wrong is no matter there. */
@Injectable()
export class KnownOrigins {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** `proven`: a code of the phone must have been given from there. Asks the same of an account that does not exist. */
  async standing(
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
   * The owner has signed in from there. Answers what the browser is to be known by from now on; null when its cookie is one that
   * we gave: a browser of several people has one, and what nobody was given may be somebody else's.
   */
  async remember(tx: EntityManager, accountId: string, from: RequestOrigin): Promise<string | null> {
    const { device, network } = marksOf(from);
    const fresh = device && (await tx.existsBy(KnownOrigin, { mark: device })) ? null : newSecret();
    await this.note(tx, accountId, [fresh ? `device:${sha256(fresh)}` : device, network], {});
    return fresh;
  }

  /** The owner has given a code of the phone from there. */
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

  /** "It was not me": whatever is not this device or its network is a stranger's again. Answers how many there were. */
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

/** Ids of what is too old or too many. Whoever only knows the password cannot push out what has given codes. */
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
