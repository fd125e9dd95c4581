import { type EntityManager, In } from 'typeorm';
import { Account } from '../people/accounts/account.entity.js';
import {
  type Contribution,
  type ContributionKind,
  contributionKinds,
  distinctContributions,
} from '../scripts/contribution.js';
import { ScriptVersion } from '../scripts/script-version.entity.js';
import { readingContributions } from '../speech/decisions/reading-contributions.js';
import { Approval } from './approval.entity.js';
import type { ContentUnderApproval } from './content-under-approval.js';

/** One person's contributions to a content: the number of versions, corrections, entries or clips. */
export interface Contributor {
  accountId: string;
  name: string;
  kind: ContributionKind;
  count: number;
}

type Written = Pick<ScriptVersion, 'id' | 'n' | 'authorId'>;

/**
 * The authors of the text: of this version and of the earlier versions that were not approved, because this one is made
 * from them. `approved`: ids of versions that were approved at any time.
 */
export function contributionsToText(
  version: Written,
  versions: readonly Written[],
  approved: ReadonlySet<string>,
): Contribution[] {
  const earlier = versions.filter(({ n }) => n < version.n);
  const begun = Math.max(0, ...earlier.filter(({ id }) => approved.has(id)).map(({ n }) => n));
  return [...earlier.filter(({ n }) => n > begun), version].flatMap(({ id, authorId }) =>
    authorId === null ? [] : [{ kind: 'text' as const, accountId: authorId, of: id }],
  );
}

/** By version id, in six statements whatever their number; kinds in the order in which a script comes to be. */
export async function contributionsOf(
  em: EntityManager,
  contents: readonly ContentUnderApproval[],
): Promise<Map<string, Contributor[]>> {
  if (contents.length === 0) return new Map();
  const scriptId = In(contents.map(({ script }) => script.id));
  const select = { id: true, scriptId: true, n: true, authorId: true } as const;
  const versions = await em.find(ScriptVersion, { select, where: { scriptId }, order: { n: 'ASC' } });
  const decided = { scriptVersionId: In(versions.map(({ id }) => id)), decision: 'approved' as const };
  const approvals = await em.find(Approval, { select: { id: true, scriptVersionId: true }, where: decided });
  const approved = new Set(approvals.map(({ scriptVersionId }) => scriptVersionId));
  const readings = await readingContributions(em, contents);
  const found = contents.map(({ version, script, clips }) => {
    const own = versions.filter((one) => one.scriptId === script.id);
    const { submittedBy } = version;
    return [
      version.id,
      distinctContributions([
        ...contributionsToText(version, own, approved),
        ...(readings.get(version.id) ?? []),
        // Counts what is audible: a correction that was withdrawn is still spoken in clips rendered before.
        ...clips.flatMap(({ contributions }) => contributions ?? []),
        ...(submittedBy === null ? [] : [{ kind: 'submission' as const, accountId: submittedBy, of: version.id }]),
      ]),
    ] as const;
  });
  const people = In(found.flatMap(([, all]) => all.map(({ accountId }) => accountId)));
  const accounts = await em.find(Account, { select: { id: true, displayName: true }, where: { id: people } });
  const names = new Map(accounts.map(({ id, displayName }) => [id, displayName]));
  return new Map(found.map(([id, all]) => [id, counted(all, names)]));
}

/** A contributor may not decide on the content. */
export function hasContributed(contributors: readonly Contributor[], accountId: string | null): boolean {
  return accountId !== null && contributors.some((one) => one.accountId === accountId);
}

function counted(all: readonly Contribution[], names: ReadonlyMap<string, string>): Contributor[] {
  return contributionKinds.flatMap((kind) => {
    const ofKind = all.filter((one) => one.kind === kind);
    return [...new Set(ofKind.map(({ accountId }) => accountId))].map((accountId) => {
      const count = ofKind.filter((one) => one.accountId === accountId).length;
      return { accountId, name: names.get(accountId) ?? accountId, kind, count };
    });
  });
}
