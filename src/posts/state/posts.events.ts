/** The text is on the page: Graph said so, it was found there, or a person pasted its link. */
export class PostPublished {
  constructor(readonly postId: string) {}
}

/** It did not go out, or nobody can tell, and nothing more happens by itself: a person decides. `reason` is Vietnamese. */
export class PostFailed {
  constructor(
    readonly postId: string,
    readonly reason: string,
  ) {}
}
