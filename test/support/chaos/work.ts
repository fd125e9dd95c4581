import { setTimeout as pause } from 'node:timers/promises';
import type { AsRun } from '../../../src/proof/as-run.entity.js';
import { Slot } from '../../../src/schedule/slots/slot.entity.js';
import { Channel } from '../../../src/channels/entities/channel.entity.js';
import { localDateOf } from '../../../src/shared/local-time.js';
import { type Answer, Client, json } from '../client.js';
import { withRows } from '../killed-server.js';
import { approved, clipsOf, PASSWORD, script } from '../served-office.js';
import { until } from '../serve-process.js';
import type { ChaosTown } from './town.js';

const CHANNEL = 'truyen-thanh-phuong-bac-ha';
const FANPAGE = 'fanpage-thanh-pho';
const STATIONS = 4;
/** A station reports up to three events in a second. */
const REPORTS_A_SECOND = 3;
const COMING_SLOTS = 12;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ANSWER_MS = 15_000;
/**
 * While nothing can be saved, and while the clock shows another day: sessions are over, and the time of a post is
 * invalid.
 */
const EXPECTED = /^(401|429|503|507|422 key-reused|422 bad-due-time)\b/;

/** What was acknowledged to a person or a station is saved; these must be true in the end. */
export class ChaosWork {
  /** Keys and titles of acknowledged scripts. */
  readonly acknowledged = new Map<string, string>();
  /** Scripts whose answer was lost until the end. */
  readonly unanswered = new Set<string>();
  /** By station, the highest sequence that was acknowledged with all before it. */
  readonly reported: number[] = Array.from({ length: STATIONS }, () => 0);
  readonly statuses = new Map<string, number>();
  /** Answers that are never allowed. */
  readonly wrong: string[] = [];
  readonly comingSlots: string[] = [];
  /** Versions that were ordered to be posted. */
  readonly posts: string[] = [];
  private isOver = false;
  private readonly tokens: string[] = [];
  private readonly stationIds: string[] = [];
  private atWork: Promise<void>[] = [];
  private slots: { id: string; startsAt: number; endsAt: number }[] = [];
  private readonly texts: string[] = [];
  private next = 0;

  constructor(private readonly town: ChaosTown) {}

  /**
   * Approved texts and clips, slots of tomorrow, stations, and as many past slots as they can report in so many
   * seconds.
   */
  async prepare(posts: number, seconds: number): Promise<void> {
    const { office, rowsPlace } = this.town;
    for (let n = 0; n < posts; n++) this.texts.push(await approved(office, `Thông báo số ${n + 1} về phòng dịch.`));
    const versionId = await script(office, 'Kính mời bà con dọn vệ sinh.');
    const { editor, approver } = office;
    await editor.post(`/api/versions/${versionId}/clips`);
    const ready = async () => (await clipsOf(editor, versionId)).every(({ state }) => state === 'ready');
    await until(ready, 120_000, 'no clip');
    await editor.post(`/api/versions/${versionId}/submit`);
    const { contentHash } = json<{ contentHash: string }>(await approver.get(`/api/approvals/${versionId}`));
    expect((await approver.post(`/api/approvals/${versionId}/approve`, { contentHash, unheard: true })).status).toBe(
      200,
    );
    const clipId = (await clipsOf(editor, versionId))[0]!.id;
    const tomorrow = Date.UTC(...today(1)) + 17 * 60 * MINUTE - 7 * 60 * MINUTE;
    for (let n = 0; n < COMING_SLOTS; n++) {
      const startsAt = tomorrow + (n % 6) * 3 * MINUTE + Math.floor(n / 6) * DAY;
      const body = { channelCode: CHANNEL, clipId, campaignId: office.campaignId, startsAt };
      const answer = await editor.post('/api/slots', body);
      if (answer.status !== 201) throw new Error(`no slot: ${answer.status} ${answer.text}`);
      this.comingSlots.push(json<{ id: string }>(answer).id);
    }
    const admin = await this.town.admin();
    for (let n = 0; n < STATIONS; n++) {
      const made = await admin.post('/api/stations', { channelCode: CHANNEL, name: `Cụm ${n + 1}` });
      const { id, token } = json<{ id: string; token: string }>(made);
      this.tokens.push(token);
      this.stationIds.push(id);
    }
    this.slots = await withRows(rowsPlace, (rows) =>
      rows.write(async (tx) => {
        const channel = await tx.findOneByOrFail(Channel, { code: CHANNEL });
        const like = await tx.findOneByOrFail(Slot, { id: this.comingSlots[0]! });
        const slots = Array.from({ length: seconds * REPORTS_A_SECOND }, (_, n) => {
          const startsAt = Date.now() - (n + 2) * MINUTE;
          const date = localDateOf(startsAt, channel.zone);
          return { ...like, id: `past-${n}`, key: `past-${n}`, startsAt, endsAt: startsAt + 30_000, date };
        });
        for (const slot of slots) await tx.insert(Slot, slot);
        return slots;
      }),
    );
  }

  begin(): void {
    this.atWork = [this.write(0), this.write(1), this.post(), ...this.tokens.map((_, n) => this.report(n))];
  }

  /** Resolves when every started request has its answer. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.atWork);
  }

  readonly isAcknowledged = ({ stationId, sequence }: AsRun): boolean =>
    (sequence ?? Infinity) <= (this.reported[this.stationIds.indexOf(stationId ?? '')] ?? 0);

  /** Scripts with a key each, sent until they are answered. */
  private async write(who: number): Promise<void> {
    let client = this.town.office.editor;
    while (!this.isOver) {
      const n = this.next++;
      const title = `Bài ${n}`;
      const body = {
        campaignId: this.town.office.campaignId,
        channelKind: 'ward-loudspeaker',
        title,
        text: 'Mời bà con.',
      };
      this.unanswered.add(title);
      for (let attempt = 0; attempt < 200; attempt++) {
        const answer = await this.ask(client, who + attempt, 'POST', '/api/scripts', body, {
          'idempotency-key': `k-${n}`,
        });
        if (answer?.status === 401) client = (await this.signIn(who + attempt)) ?? client;
        if (answer?.status === 201 || isReceived(answer)) {
          this.acknowledged.set(title, `k-${n}`);
          this.unanswered.delete(title);
          break;
        }
        if (this.isOver && attempt > 40) return;
        await pause(200);
      }
      await pause(100);
    }
  }

  /** Posts that are due at once; each is ordered once. */
  private async post(): Promise<void> {
    for (let client = this.town.office.editor; !this.isOver && this.texts.length > 0; await pause(2_000)) {
      const versionId = this.texts[0]!;
      const { campaignId } = this.town.office;
      const body = { campaignId, versionId, channelCode: FANPAGE, dueAt: Date.now() + 1_000, adapter: 'graph' };
      const answer = await this.ask(client, 0, 'POST', '/api/posts', body, { 'idempotency-key': `p-${versionId}` });
      if (answer?.status === 401) client = (await this.signIn(0)) ?? client;
      // The time in the order differs with each attempt, and so does its body: that refusal means an earlier attempt
      // succeeded.
      const isReused = answer?.status === 422 && codeIn(answer) === 'key-reused';
      if (answer && (answer.status < 300 || isReused || isReceived(answer))) {
        this.texts.shift();
        this.posts.push(versionId);
      }
    }
  }

  /** One event at a time, each repeated until it is accepted, as a station does it. */
  private async report(n: number): Promise<void> {
    const client = new Client(this.town.doors[0]!);
    const headers = { authorization: `Bearer ${this.tokens[n]!}` };
    for (let sequence = 1; !this.isOver && sequence <= this.slots.length;) {
      const { id, startsAt, endsAt } = this.slots[sequence - 1]!;
      const event = {
        sequence,
        slotId: id,
        sha256: 'a'.repeat(64),
        startedAt: startsAt,
        endedAt: endsAt,
        outcome: 'failed',
      };
      const answer = await this.ask(client, n, 'POST', '/api/station/as-run', { events: [event] }, headers);
      if (answer?.status === 200) this.reported[n] = sequence++;
      await pause(answer?.status === 200 ? 300 : 1_000);
    }
  }

  /** Undefined when there was no answer. */
  private async ask(
    client: Client,
    turn: number,
    ...[method, path, body, headers]: Parameters<Client['send']>
  ): Promise<Answer | undefined> {
    const door = this.town.doors[turn % this.town.doors.length]!;
    const sent = new Client(door, client.signedIn).send(method, path, body, headers);
    const answer = await Promise.race([sent, pause(ANSWER_MS, undefined, { ref: false })]).catch(() => undefined);
    const word = answer ? `${answer.status} ${codeIn(answer)}`.trim() : 'no answer';
    this.statuses.set(word, (this.statuses.get(word) ?? 0) + 1);
    const isExpected = !answer || answer.status < 300 || EXPECTED.test(word) || isReceived(answer);
    if (!isExpected) this.wrong.push(`${method} ${path}: ${word} ${answer.text.slice(0, 200)}`);
    return answer ?? undefined;
  }

  private async signIn(turn: number): Promise<Client | undefined> {
    const door = this.town.doors[turn % this.town.doors.length]!;
    const signed = new Client(door).signIn('editor.mot', PASSWORD);
    return Promise.race([signed, pause(ANSWER_MS, undefined, { ref: false })]).then(
      (one) => one ?? undefined,
      () => undefined,
    );
  }
}

function codeIn({ text }: Answer): string {
  return /"code":"([a-z-]+)"/.exec(text)?.[1] ?? '';
}

function isReceived(answer: Answer | undefined): boolean {
  return answer?.status === 409 && ['already-received', 'request-in-progress'].includes(codeIn(answer));
}

function today(later: number): [number, number, number] {
  const day = new Date(Date.now() + 7 * 60 * MINUTE + later * DAY);
  return [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
}
