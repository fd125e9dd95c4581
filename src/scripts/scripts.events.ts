/** A version was submitted for approval. A listener that throws keeps it a draft. */
export class VersionSubmitted {
  constructor(readonly versionId: string) {}
}

/** A newer version has replaced this one. */
export class VersionSuperseded {
  constructor(readonly versionId: string) {}
}
