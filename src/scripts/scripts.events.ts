/** A version waits for approval. A listener that throws keeps it a draft. */
export class VersionSubmitted {
  constructor(readonly versionId: string) {}
}

/** Another version has taken this one's place. */
export class VersionSuperseded {
  constructor(readonly versionId: string) {}
}
