import { json } from '../support/client.js';
import { KillableOffice } from '../support/killable-office.js';

const head =
  'ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: 99/UBND-VX\nHà Tĩnh, ngày 05 tháng 8 năm 2020\nKính gửi: UBND các phường, xã.\n\n';
const order = '1. UBND các xã: phát trên loa truyền thanh 2 lần/ngày đến hết ngày 31/8/2020.\n';

/** On the built program: only that has threads. */
describe('a letter of a hundred pages', () => {
  let office: KillableOffice;

  beforeAll(async () => {
    office = await KillableOffice.open();
  }, 180_000);
  afterAll(() => office.close());

  it('is read while everybody else is answered', async () => {
    const text = head + order.repeat(2_500);
    const waits: number[] = [];
    let read = false;
    const others = async () => {
      while (!read) {
        const asked = performance.now();
        expect((await office.people.approver.get('/api/session')).status).toBe(200);
        waits.push(performance.now() - asked);
      }
    };
    const began = performance.now();
    const reading = office.people.editor.post('/api/directives/preview', { text }).finally(() => (read = true));
    const [answer] = await Promise.all([reading, others()]);
    const took = performance.now() - began;
    expect(answer.status).toBe(200);
    expect(json<{ obligations: unknown[] }>(answer).obligations.length).toBeGreaterThan(1000);
    // Read in the thread that answers requests, it would delay one of them nearly as long as it takes.
    expect(Math.max(...waits)).toBeLessThan(took / 2);
  });

  it('of 16 MB is refused with its own sentence', async () => {
    const answer = await office.people.editor.post('/api/directives', { text: head + '.'.repeat(15_000_000) });
    expect([answer.status, json<{ code: string }>(answer).code]).toEqual([422, 'letter-too-large']);
  });
});
