/** The text is on the page: Graph confirmed it, a lookup found it, or a person pasted its link. */
export class PostPublished {
  constructor(readonly postId: string) {}
}

/**
 * It was not published, or this is unknown, and nothing more happens by itself: a person decides. `reason` is
 * Vietnamese.
 */
export class PostFailed {
  constructor(
    readonly postId: string,
    readonly reason: string,
  ) {}
}
