/** A unit is called otherwise, is of another kind, stands elsewhere in the tree, or is there again or no more. */
export class UnitChanged {
  constructor(readonly unitId: string) {}
}
