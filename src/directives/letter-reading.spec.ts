import { letter } from './sample-letter.fake.js';
import { LetterReadings } from './letter-readings.service.js';

/** A thread that runs this. */
const thread = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const long = letter('1. UBND các phường phát loa 2 lần/ngày.\n'.repeat(1000));

describe('A long letter', () => {
  it('is read in a thread, and whoever else is here goes on meanwhile', async () => {
    const readings = new LetterReadings();
    readings.thread = thread('for (;;);');
    readings.budgetMs = 300;
    let beats = 0;
    const beat = setInterval(() => beats++, 10);
    await expect(readings.read(long)).rejects.toMatchObject({ kind: 'invalid', code: 'letter-too-hard' });
    clearInterval(beat);
    expect(beats).toBeGreaterThan(2);
  });

  it('is answered as its thread answers, refusals too; a thread that breaks is no answer', async () => {
    const readings = new LetterReadings();
    const say = (what: string) => thread(`import { parentPort } from 'node:worker_threads'; ${what}`);
    readings.thread = say('parentPort.postMessage({ letter: { missing: ["x"] } });');
    expect(await readings.read(long)).toEqual({ missing: ['x'] });
    const refusal = { kind: 'invalid', code: 'not-a-letter', sentence: { vi: 'Không', en: 'No' }, details: {} };
    readings.thread = say(`parentPort.postMessage(${JSON.stringify({ refusal })});`);
    await expect(readings.read(long)).rejects.toMatchObject({ name: 'DomainError', code: 'not-a-letter' });
    readings.thread = say('throw new Error("broken");');
    await expect(readings.read(long)).rejects.toThrow('broken');
    readings.thread = say('process.exit(3);');
    await expect(readings.read(long)).rejects.toThrow('ended with 3');
  });

  it('above 1 MB is refused before anything else; a short one needs no thread', async () => {
    const readings = new LetterReadings();
    readings.thread = thread('throw new Error("not asked");');
    await expect(readings.read('x'.repeat(1_000_001))).rejects.toMatchObject({ code: 'letter-too-large' });
    expect((await readings.read(letter('1. UBND các phường phát loa.'))).directive.number).toBe('12/UBND-VHTT');
  });
});
