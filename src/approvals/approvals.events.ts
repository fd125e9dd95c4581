/** A person who did not contribute to it approved exactly this content. */
export class ContentApproved {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
  ) {}
}

export class ContentReturned {
  constructor(readonly versionId: string) {}
}

/** The approved content no longer exists as it was; whatever was planned on it must not go out. */
export class ApprovalVoided {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
    readonly reason: string,
  ) {}
}

/** A person stopped the broadcasting of approved content; whatever was planned on it must not go out. */
export class BroadcastStopped {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
    readonly reason: string,
  ) {}
}

/** What was stopped may go out again, on the same approval. */
export class BroadcastResumed {
  constructor(
    readonly versionId: string,
    readonly approvalId: string,
  ) {}
}
