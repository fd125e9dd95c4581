/** An answer that was given before, thrown to be given again as it was. */
export class ReadyAnswer extends Error {
  constructor(readonly answer: { status: number; headers: Record<string, string>; body: string }) {
    super('an answer that was given before');
  }
}
