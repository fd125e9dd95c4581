import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '../shared/domain-error.js';
import type { ThreadAnswer } from './letter-readings.service.js';
import { readLetter } from './letter-reader.js';

/** Reads the one letter given at its start, then ends. */
function answerTo(text: string): ThreadAnswer {
  try {
    return { letter: readLetter(text) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // An error loses its class between threads.
    const { kind, code, sentence, details } = error;
    return { refusal: { kind, code, sentence, details } };
  }
}

parentPort?.postMessage(answerTo(workerData as string));
