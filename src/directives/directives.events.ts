export class DirectiveRegistered {
  constructor(readonly directiveId: string) {}
}
