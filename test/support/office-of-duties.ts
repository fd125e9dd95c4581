import type { EntityManager } from 'typeorm';
import { Clip } from '../../src/audio/clips/clip.entity.js';
import { Database } from '../../src/database/database.js';
import { Accounts } from '../../src/people/accounts/accounts.service.js';
import { holdVersion } from '../../src/scripts/hold-version.js';
import { ScriptVersion } from '../../src/scripts/script-version.entity.js';
import { sha256 } from '../../src/shared/ids.js';
import { Lexicons } from '../../src/speech/lexicon/lexicons.service.js';
import { approvedClip } from './approved-clip.js';
import { type Answer, type Client, json } from './client.js';
import { type House, openHouse } from './house.js';
import { editorAndApprover } from './phone.js';

/** One draft; `form` is an abbreviation that occurs in no other text. */
export interface Work {
  scriptId: string;
  versionId: string;
  form: string;
}

export interface ShownApproval {
  contentHash: string;
  mayDecide: boolean;
  contributions: { accountId: string; name: string; kind: string; count: number }[];
}

const WARD = 'phuong-bac-ha';
const OTHER_WARD = 'phuong-nam-ha';

/** An editor, an approver, and one person who is both: the rules about each other's scripts. */
export class OfficeOfDuties {
  private forms = 0;

  private constructor(
    readonly house: House,
    readonly editor: Client,
    readonly approver: Client,
    readonly both: Client,
    readonly bothId: string,
    private readonly campaignId: string,
    private readonly unitId: string,
    readonly otherUnitId: string,
  ) {}

  static async open(env?: Record<string, string>): Promise<OfficeOfDuties> {
    const house = await openHouse({ env });
    const [editor, approver] = [await house.person('editor'), await house.person('approver')];
    const both = await editorAndApprover(house);
    const { id } = json<{ id: string }>(await both.get('/api/session'));
    const { campaignId } = await approvedClip(house);
    const units = json<{ id: string; code: string }[]>(await editor.get('/api/units'));
    const [unitId = '', otherUnitId = ''] = [WARD, OTHER_WARD].map(
      (ward) => units.find(({ code }) => code === ward)?.id,
    );
    return new OfficeOfDuties(house, editor, approver, both, id, campaignId, unitId, otherUnitId);
  }

  newForm(): string {
    const n = this.forms++;
    return `ZQ${String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26))}`;
  }

  async script(who = this.editor, form = this.newForm()): Promise<Work> {
    const text = `Tổ hợp ${form} mời bà con.`;
    const body = { campaignId: this.campaignId, channelKind: 'ward-loudspeaker', unitId: this.unitId };
    const made = await who.post('/api/scripts', { ...body, title: `Bài ${form}`, text });
    return { ...json<{ scriptId: string; versionId: string }>(made), form };
  }

  /** The next version: the former words and some more. */
  async edit(work: Work, who = this.editor, latestSeen = 1): Promise<Work> {
    const body = { latestSeen, title: `Bài ${work.form}`, text: `Bản ${latestSeen}: ${await this.textOf(work)}` };
    const answer = await who.post(`/api/scripts/${work.scriptId}/versions`, body);
    return { ...work, versionId: json<{ versionId: string }>(answer).versionId };
  }

  async correct(work: Work, who: Client, where: string, spoken = 'dét quy'): Promise<Answer> {
    return (await this.correction(work, who, where, spoken))();
  }

  /** A correction that is ready to be sent. */
  async correction({ versionId, form }: Work, who: Client, where: string, spoken = 'dét quy') {
    const start = (await this.textOf({ versionId })).indexOf(form);
    const body = { start, end: start + form.length, source: form, spoken, where };
    return () => who.post(`/api/versions/${versionId}/reading/decisions`, body);
  }

  /** Withdraws the last correction. */
  async takeBack({ versionId }: Work, who: Client): Promise<Answer> {
    const path = `/api/versions/${versionId}/reading`;
    const { decisions } = json<{ decisions: { id: string }[] }>(await who.get(path));
    return who.send('DELETE', `${path}/decisions/${decisions[0]?.id}`);
  }

  addEntry({ form: written }: Pick<Work, 'form'>, who: Client, unitId: string | null = null): Promise<Answer> {
    return who.post('/api/lexicon', { unitId, written, spoken: 'dét quy' });
  }

  removeEntry(answer: Answer, who: Client): Promise<Answer> {
    return who.send('DELETE', `/api/lexicon/${json<{ id: string }>(answer).id}`);
  }

  changeEntry(answer: Answer, who: Client, spoken: string): Promise<Answer> {
    const { id, written, changedAt: seen } = json<{ id: string; written: string; changedAt: number }>(answer);
    return who.send('PUT', `/api/lexicon/${id}`, { seen, written, spoken });
  }

  /** Has it read aloud. The sound itself does not matter here: rows say that it exists. */
  async readAloud({ versionId }: Work, who = this.editor, form: object = {}): Promise<void> {
    this.house.clock.advance(1);
    const answer = await who.post(`/api/versions/${versionId}/clips`, form);
    if (answer.status !== 202) throw new Error(`clips: ${answer.status} ${answer.text}`);
    await this.finish(versionId);
  }

  /** Lets the clips fail; `who` retries them. */
  async tryAgain({ versionId }: Work, who: Client): Promise<void> {
    const { clipIds } = json<{ clipIds: string[] }>(await this.editor.post(`/api/versions/${versionId}/clips`));
    const database = this.house.app.get(Database);
    await database.write((tx) => tx.update(Clip, clipIds, { state: 'failed' }));
    for (const id of clipIds) await who.post(`/api/versions/${versionId}/clips/${id}/retry`, { reason: 'Thử lại' });
    await this.finish(versionId);
  }

  async finish(scriptVersionId: string): Promise<void> {
    this.house.clock.advance(1);
    const database = this.house.app.get(Database);
    const waiting = await database.read().findBy(Clip, { scriptVersionId, state: 'waiting' });
    const made = { state: 'ready' as const, bytes: 1, durationMs: 1_000, readyAt: this.house.clock.now() };
    for (const { id } of waiting)
      await database.write((tx) => tx.update(Clip, { id }, { ...made, sha256: sha256(id), peaks: [], sentences: [] }));
  }

  async submit({ versionId }: Work, who = this.editor): Promise<void> {
    const answer = await who.post(`/api/versions/${versionId}/submit`);
    if (answer.status !== 204) throw new Error(`submit: ${answer.status} ${answer.text}`);
  }

  async shown({ versionId }: Work, who: Client): Promise<ShownApproval> {
    return json<ShownApproval>(await who.get(`/api/approvals/${versionId}`));
  }

  async approve(work: Work, who: Client): Promise<Answer> {
    const { contentHash } = await this.shown(work, who);
    return who.post(`/api/approvals/${work.versionId}/approve`, { contentHash, unheard: true });
  }

  async giveBack(work: Work, who: Client): Promise<Answer> {
    const { contentHash } = await this.shown(work, who);
    return who.post(`/api/approvals/${work.versionId}/return`, { contentHash, comment: 'Sửa lại.' });
  }

  /**
   * Sends `ask` while a transaction holds the version, and ends that transaction with `work`; returns the answer. On a
   * slow machine `ask` may come so late that it proves less; it never fails for that.
   */
  async whileHeld(
    { versionId }: Work,
    ask: () => Promise<Answer>,
    work: (tx: EntityManager) => Promise<unknown>,
  ): Promise<Answer> {
    let answer: Promise<Answer> | undefined;
    await this.house.app.get(Database).write(async (tx) => {
      await holdVersion(tx, versionId);
      answer = ask();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await work(tx);
    });
    if (!answer) throw new Error('nobody asked');
    return answer;
  }

  /** As he does himself, in a running transaction. */
  async addEntryIn(tx: EntityManager, { form: written }: Work): Promise<void> {
    const actor = await this.house.app.get(Accounts).actor(this.bothId);
    const entry = { written, spoken: 'dét quy', matchCase: 'exact' as const, before: [], after: [] };
    if (actor) await this.house.app.get(Lexicons).insert(tx, actor, null, entry);
  }

  private async textOf({ versionId: id }: Pick<Work, 'versionId'>): Promise<string> {
    return (await this.house.app.get(Database).read().findOneByOrFail(ScriptVersion, { id })).body;
  }
}
