import type { Actor } from '../people/access/actor.js';

export class DirectiveRegistered {
  constructor(readonly directiveId: string) {}
}

/** The letter was withdrawn: its campaigns are cancelled in the same transaction. */
export class DirectiveWithdrawn {
  constructor(
    readonly directiveId: string,
    /** Vietnamese: why something was removed. */
    readonly sentence: string,
    readonly actor: Actor,
  ) {}
}

/** An obligation is about to be removed. A listener that still needs it throws the reason. */
export class ObligationRemoving {
  constructor(
    readonly obligationId: string,
    readonly directiveId: string,
  ) {}
}
