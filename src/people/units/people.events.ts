/** A unit is called otherwise, is of another kind, stands elsewhere in the tree, or is there again or no more. */
export class UnitChanged {
  constructor(readonly unitId: string) {}
}

/** A copy of the house that acted on nothing acts from `at` on. What was due before may have been done by another copy. */
export class HouseActivated {
  constructor(readonly at: number) {}
}
