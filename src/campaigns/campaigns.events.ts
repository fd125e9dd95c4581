/** A figure that scripts of this campaign may use has a new value. */
export class FactChanged {
  constructor(
    readonly campaignId: string,
    readonly name: string,
  ) {}
}
