/** Somebody who had no hand in it approved exactly this content. */
export class ContentApproved {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
  ) {}
}

export class ContentReturned {
  constructor(readonly versionId: string) {}
}

/** What was approved is no longer what there is; whatever was planned on it must not go out. */
export class ApprovalVoided {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
    readonly reason: string,
  ) {}
}
