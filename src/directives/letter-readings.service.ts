import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../shared/domain-error.js';
import { Semaphore } from '../shared/semaphore.js';
import type { Letter } from './reading/text/letter.js';
import { maxLetterBytes, letterTooLarge } from './letter-bytes.js';
import { readLetter } from './letter-reader.js';

export type ThreadAnswer =
  { letter: Letter } | { refusal: Pick<DomainError, 'kind' | 'code' | 'sentence' | 'details'> };

/** Some ten pages: faster to read than a thread takes to start. */
const READ_AT_ONCE = 20_000;

/**
 * Reads letters without blocking the server: a long one in a thread of its own, one at a time, for at most `budgetMs`.
 * The thread needs built code; when the program runs from its sources, as in tests, it reads in the main thread.
 */
@Injectable()
export class LetterReadings {
  budgetMs = 20_000;
  thread = import.meta.url.endsWith('.ts') ? null : new URL('./letter-reader.worker.js', import.meta.url);
  private readonly turns = new Semaphore(1);

  /** Throws what `readLetter` throws, and `letter-too-hard` (422) when the time is over. */
  async read(text: string): Promise<Letter> {
    if (text.length > maxLetterBytes) throw letterTooLarge(text.length);
    const { thread } = this;
    if (thread === null || text.length <= READ_AT_ONCE) return readLetter(text);
    const answer = await this.turns.run(() => this.inThread(thread, text));
    if ('letter' in answer) return answer.letter;
    const { kind, code, sentence, details } = answer.refusal;
    throw new DomainError(kind, code, sentence, details);
  }

  private async inThread(thread: URL, text: string): Promise<ThreadAnswer> {
    const worker = new Worker(thread, { workerData: text });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<ThreadAnswer>((resolve, reject) => {
        timer = setTimeout(() => reject(tooHard()), this.budgetMs);
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the reader of letters ended with ${code}`)));
      });
    } finally {
      clearTimeout(timer);
      await worker.terminate();
    }
  }
}

function tooHard(): DomainError {
  return new DomainError('invalid', 'letter-too-hard', {
    vi: 'Công văn này quá dài hoặc quá rối nên đọc không xong. Hãy chỉ dán phần thân công văn, bỏ phụ lục và bảng biểu.',
    en: 'The letter is too long or too tangled to be read in time. Give its body only, without annexes and tables.',
  });
}
