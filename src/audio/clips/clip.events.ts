export class ClipReady {
  constructor(readonly clipId: string) {}
}

export class ClipFailed {
  constructor(
    readonly clipId: string,
    readonly reason: string,
  ) {}
}
