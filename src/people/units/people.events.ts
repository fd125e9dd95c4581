import type { Actor } from '../access/actor.js';

/** A unit changed its name, its kind, its place in the tree or whether it is active. */
export class UnitChanged {
  constructor(
    readonly unitId: string,
    /** It has another kind or another place in the tree. */
    readonly isMoved: boolean,
    readonly actor: Actor,
  ) {}
}

/** A passive copy of the installation acts from `at` on. Another copy may have done what was due before. */
export class HouseActivated {
  constructor(readonly at: number) {}
}
