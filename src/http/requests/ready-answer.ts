/** A stored answer, thrown to be sent again unchanged. */
export class ReadyAnswer extends Error {
  constructor(readonly answer: { status: number; headers: Record<string, string>; body: string }) {
    super('an answer that was given before');
  }
}
