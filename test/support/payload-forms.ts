import { Database } from '../../src/database/database.js';
import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Slot } from '../../src/schedule/slots/slot.entity.js';
import { WardDecision } from '../../src/schedule/placing/ward-decision.entity.js';
import { newId } from '../../src/shared/ids.js';
import { addDays, instantOf, VIETNAM } from '../../src/shared/local-time.js';
import type { ApprovedClip } from './approved-clip.js';
import { type Answer, type Client, json } from './client.js';
import { plain } from './browser-form.js';
import type { House } from './house.js';
import { payloads } from './payloads.js';

const WARD = 'truyen-thanh-phuong-bac-ha';
const html = { accept: 'text/html' };
/** A picture of one dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * Writes a payload into every field that accepts text, and counts the accepted ones: a field that accepts none is no
 * test.
 */
export class FormsOfPayloads {
  readonly taken = new Map<string, number>();

  constructor(
    private readonly house: House,
    private readonly client: Client,
  ) {}

  /** Windows, days, holidays, policies, units, the lexicon, templates: the fields of an administrator. */
  async rules(): Promise<void> {
    for (const [n, payload] of payloads.entries()) {
      const day = addDays('2027-03-01', n);
      const holiday = { date: day, name: payload, kind: 'local', dayOff: false, flagDay: true };
      await this.call('holiday', 'POST', '/api/holidays', holiday);
      const permitted = [{ from: '05:00', until: '21:00' }];
      const law = { name: payload, source: payload, permitted, effectiveFrom: day, place: 'thanh-pho-ha-tinh' };
      await this.call('policy', 'PUT', '/api/policies/office', law);
      await this.form('unit', '/don-vi', { name: payload, shortName: payload, kind: 'organisation', aliases: payload });
      const spoken = { unitId: null, written: payload.slice(0, 200), spoken: payload, before: [], after: [] };
      await this.call('spoken', 'POST', '/api/lexicon', spoken);
      const known = { unitId: null, written: `Từ ${n} ${payload}`.slice(0, 200), spoken: 'một hai ba' };
      await this.call('lexicon', 'POST', '/api/lexicon', {
        ...known,
        before: [payload.slice(0, 30)],
        after: [payload.slice(0, 30)],
      });
    }
    const channels = await this.house.app
      .get(Database)
      .read()
      .find(Channel, { where: { kind: 'ward-loudspeaker' } });
    const others = channels.filter(({ code }) => code !== WARD);
    for (const [n, payload] of payloads.entries()) {
      const channel = others[n % others.length]?.code ?? '';
      const start = `${String(7 + Math.floor(n / others.length)).padStart(2, '0')}:00`;
      const window = { name: payload, weekdays: [1, 2, 3, 4, 5, 6, 7], start, minutes: 10 };
      const made = await this.call('window', 'POST', `/api/channels/${channel}/windows`, window);
      if (made.status >= 300) continue;
      const { id } = json<{ id: string }>(made);
      const change = { kind: 'special', minutes: 12, title: payload, reason: payload };
      const date = addDays('2026-12-01', n % 20);
      await this.call('day', 'PUT', `/api/channels/${channel}/windows/${id}/overrides/${date}`, change);
    }
    await this.template();
  }

  async facts(campaignId: string, payload: string): Promise<void> {
    const fact = { name: payload.slice(0, 100), value: payload, asOf: '2026-11-20', source: payload };
    await this.call('fact', 'POST', `/api/campaigns/${campaignId}/facts`, fact);
  }

  async comment(versionId: string, comment: string): Promise<void> {
    const seen = json<{ contentHash: string }>(await this.client.get(`/api/approvals/${versionId}`));
    const body = { contentHash: seen.contentHash, comment };
    await this.call('comment', 'POST', `/api/approvals/${versionId}/return`, body);
  }

  /** The captions of pictures, and the reasons for giving up a post or pausing the page. */
  async post(id: string, payload: string, n: number): Promise<void> {
    const picture = new FormData();
    picture.append('alt', payload);
    picture.append('file', new Blob([DOT], { type: 'image/png' }), 'anh.png');
    this.count('picture', await this.client.send('PUT', `/api/posts/${id}/image`, picture));
    if (n % 4 === 1) await this.call('cancelled post', 'POST', `/api/posts/${id}/cancel`, { reason: payload });
    const page = '/api/fanpage/fanpage-thanh-pho';
    await this.call('pause', 'POST', `${page}/pause`, { reason: payload });
    if (n !== payloads.length - 1) await this.call('resume', 'POST', `${page}/resume`, { reason: payload });
  }

  /** Pasted letters, drafts of scripts, and corrections of their reading. */
  async desk(clip: ApprovedClip): Promise<void> {
    for (const [n, payload] of payloads.entries()) {
      const letter = await this.call('letter', 'POST', '/api/directives', { text: letterWith(payload, n) });
      if (letter.status < 300) {
        const { id: directiveId } = json<{ id: string }>(letter);
        const campaign = { directiveId, name: payload, from: '2026-11-24', until: '2026-12-24' };
        await this.call('campaign', 'POST', '/api/campaigns', campaign);
      }
      const made = await this.call('script', 'POST', '/api/scripts', {
        campaignId: clip.campaignId,
        channelKind: 'ward-loudspeaker',
        title: payload,
        text: `${payload}\n\nNgày 25/11, ${payload}`,
      });
      if (made.status >= 300) continue;
      const { scriptId, versionId } = json<{ scriptId: string; versionId: string }>(made);
      const next = { latestSeen: 1, title: `${payload} lần hai`, text: `Bà con chú ý: ${payload}` };
      if (n % 2) await this.call('version', 'POST', `/api/scripts/${scriptId}/versions`, next);
      else await this.decide(versionId, payload);
    }
  }

  /** A relay with a name, cancelled slots, open ward decisions. */
  async scheduleByHand(clip: ApprovedClip): Promise<void> {
    const database = this.house.app.get(Database);
    const [channel] = await database.read().find(Channel, { where: { code: WARD } });
    if (!channel) throw new Error(WARD);
    const from = instantOf('2026-11-26', '05:31', VIETNAM);
    for (const [n, payload] of payloads.entries()) {
      const startsAt = from + (n % 30) * 60_000 + Math.floor(n / 30) * 24 * 3_600_000;
      const relay = { kind: 'relay', streamUrl: 'https://dai.example.vn/song', durationMs: 30_000, title: payload };
      const placed = await this.call('relay', 'POST', '/api/slots', { channelCode: WARD, startsAt, ...relay });
      if (placed.status >= 300 || n % 2) continue;
      const { id } = json<{ id: string }>(placed);
      await this.call('cancelled slot', 'POST', `/api/slots/${id}/cancel`, { reason: payload });
    }
    await database.write(async (tx) => {
      for (const [n, payload] of payloads.entries()) {
        const content = { kind: 'clip' as const, clipId: clip.clipId };
        await tx.insert(WardDecision, {
          id: newId(n + 1),
          channelId: channel.id,
          state: 'open',
          placement: { request: { channelCode: WARD, startsAt: from, content }, accountId: null, newcomer: 'centre' },
          title: payload,
          meets: [],
          startsAt: from,
          deadline: from,
          standing: 'centre',
          outcome: null,
          slotId: null,
          createdAt: from,
          askedBy: null,
          reason: null,
          decidedAt: null,
          decidedBy: null,
        });
      }
    });
  }

  /** The planned slots are over: the ward reports what was not heard, and why. */
  async ticks(): Promise<void> {
    const now = this.house.clock.now();
    const slots = await this.house.app
      .get(Database)
      .read()
      .find(Slot, { where: { state: 'planned' } });
    const past = slots.filter(({ endsAt }) => endsAt < now);
    for (const [n, { id }] of past.entries()) {
      const reason = payloads[n % payloads.length] ?? '';
      await this.call('tick', 'POST', `/api/slots/${id}/tick`, { played: false, reason });
    }
  }

  /** Some misses are not made good, and wards decide for themselves; each with a reason. */
  async secondChances(): Promise<void> {
    const { makeGoods } = json<{ makeGoods: { id: string; state: string }[] }>(
      await this.client.get('/api/make-goods'),
    );
    for (const [n, { id, state }] of makeGoods.entries()) {
      const reason = payloads[(n + 17) % payloads.length] ?? '';
      if (n % 2 && state === 'proposed')
        await this.call('dismissed', 'POST', `/api/make-goods/${id}/dismiss`, { reason });
    }
    const { decisions } = json<{ decisions: { id: string }[] }>(
      await this.client.get('/api/ward-decisions?state=open'),
    );
    for (const [n, { id }] of decisions.entries()) {
      if (n % 2) continue;
      const body = { outcome: 'ward', reason: payloads[n] ?? '' };
      await this.call('decision', 'POST', `/api/ward-decisions/${id}/decide`, body);
    }
  }

  private async decide(versionId: string, payload: string): Promise<void> {
    const reading = json<{ spans: { start: number; end: number; source: string; rule: string }[] }>(
      await this.client.get(`/api/versions/${versionId}/reading`),
    );
    const date = reading.spans.find(({ source }) => source.includes('25/11'));
    if (!date) throw new Error(`no date is read in "${payload}"`);
    const { start, end, source } = date;
    const body = { start, end, source, spoken: payload.slice(0, 400), where: 'script' };
    await this.call('spoken', 'POST', `/api/versions/${versionId}/reading/decisions`, body);
  }

  /** The note of each change, and the text of the template itself: text that Handlebars cannot parse is refused. */
  private async template(): Promise<void> {
    const path = '/mau-bai/general.loudspeaker';
    for (const payload of payloads) {
      const page = (await this.client.get(path, html)).text;
      const source = /<textarea id="source"[^>]*>([\s\S]*?)<\/textarea>/.exec(page)?.[1];
      const basedOn = /name="basedOn" value="(\d+)"/.exec(page)?.[1];
      if (source === undefined || basedOn === undefined) throw new Error('the template has no form');
      const said = plain(source).split('\nThử: ')[0] ?? '';
      const whole = { source: `${said.trimEnd()}\nThử: ${payload}\n`, basedOn, note: payload, viec: 'luu' };
      const answer = await this.form('template', path, whole);
      if (answer.status === 422) await this.form('template note', path, { ...whole, source: `${said} ` });
    }
  }

  private async call(field: string, method: string, path: string, body: unknown): Promise<Answer> {
    return this.count(field, await this.client.send(method, path, body));
  }

  private async form(field: string, path: string, fields: Record<string, string>): Promise<Answer> {
    return this.count(field, await this.client.post(path, new URLSearchParams(fields), html));
  }

  private count(field: string, answer: Answer): Answer {
    if (answer.status >= 500) throw new Error(`${field}: ${answer.status} ${answer.text}`);
    this.taken.set(field, (this.taken.get(field) ?? 0) + (answer.status < 400 ? 1 : 0));
    return answer;
  }
}

function letterWith(payload: string, n: number): string {
  return `ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ TĨNH
Số: ${n + 1}/UBND-VHTT
V/v ${payload}

Hà Tĩnh, ngày 20 tháng 11 năm 2026

Kính gửi: ${payload}; Ủy ban nhân dân các phường, xã.

Ủy ban nhân dân thành phố yêu cầu:

1. Ủy ban nhân dân các phường, xã tuyên truyền trên hệ thống truyền thanh cơ sở ít nhất 2 lần/ngày, từ ngày 25/11/2026 đến ngày 28/11/2026, về ${payload}.

Nơi nhận:
- Như trên;
- ${payload};
- Lưu: VT.
`;
}
