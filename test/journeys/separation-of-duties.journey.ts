import { Contributions1764400001000 } from '../../src/database/migrations/1764400001000-contributions.js';
import { AuditEntry } from '../../src/people/audit/audit-entry.entity.js';
import { Database } from '../../src/database/database.js';
import { type Answer, json } from '../support/client.js';
import { ffmpegCopies } from '../support/ffmpeg-copies.js';
import { OfficeOfDuties, type Work } from '../support/office-of-duties.js';
import { StrangeFiles } from '../support/strange-files.js';

const [ffmpeg] = await ffmpegCopies();
const codeOf = (answer: Answer) => `${answer.status} ${json<{ code?: string }>(answer).code ?? ''}`.trim();

type Way = (office: OfficeOfDuties) => Promise<Work>;

/**
 * A script of the editor, read aloud and submitted by him; `before` and `after` the reading another person works on it.
 */
function ofTheEditor(before?: (work: Work) => Promise<unknown>, after?: (work: Work) => Promise<unknown>): Way {
  return async (office) => {
    const work = await office.script();
    await before?.(work);
    await office.readAloud(work);
    await after?.(work);
    await office.submit(work);
    return work;
  };
}

describe('separation of duties', () => {
  let office: OfficeOfDuties;
  let files: StrangeFiles;

  beforeAll(async () => {
    if (!ffmpeg) throw new Error('no ffmpeg');
    office = await OfficeOfDuties.open(ffmpeg.env);
    files = new StrangeFiles(ffmpeg.path);
  });
  afterAll(async () => {
    files.close();
    await office.house.close();
  });

  const correct = (where: string) => ofTheEditor((work) => office.correct(work, office.both, where));
  const upload = async ({ versionId }: Work, who = office.both) => {
    const form = new FormData();
    form.append('tep', new Blob([files.sound('tu-thu.wav', 4) as Uint8Array<ArrayBuffer>]), 'tu-thu.wav');
    expect((await who.post(`/api/versions/${versionId}/clips/upload`, form)).status).toBe(202);
    await office.finish(versionId);
  };

  const ways: [string, string, Way][] = [
    ['corrects the reading for once', 'reading', correct('here')],
    ['corrects the reading in the script', 'reading', correct('script')],
    ["corrects the ward's lexicon from the reading", 'lexicon', correct('unit')],
    ["corrects the centre's lexicon from the reading", 'lexicon', correct('centre')],
    [
      'corrects a lexicon of what waits for him',
      'lexicon',
      async () => {
        const work = await ofTheEditor()(office);
        await office.correct(work, office.both, 'centre');
        return work;
      },
    ],
    [
      'writes an entry while the script is written',
      'lexicon',
      ofTheEditor((work) => office.addEntry(work, office.both)),
    ],
    [
      "takes another's correction back",
      'reading',
      ofTheEditor(async (work) => {
        await office.correct(work, office.editor, 'here');
        await office.takeBack(work, office.both);
      }),
    ],
    [
      "removes another's entry",
      'lexicon',
      ofTheEditor(async (work) => {
        await office.removeEntry(await office.addEntry(work, office.editor), office.both);
      }),
    ],
    [
      'takes his correction back after it was read aloud',
      'reading',
      ofTheEditor(
        (work) => office.correct(work, office.both, 'script'),
        (work) => office.takeBack(work, office.both),
      ),
    ],
    [
      'has his entry changed by another after it was read aloud',
      'lexicon',
      async () => {
        let entry: Answer | undefined;
        return ofTheEditor(
          async (work) => (entry = await office.addEntry(work, office.both)),
          () => office.changeEntry(entry!, office.editor, 'quy dét'),
        )(office);
      },
    ],
    [
      'corrected an earlier version',
      'reading',
      async () => {
        const first = await office.script();
        await office.correct(first, office.both, 'here');
        const work = await office.edit(first);
        await office.readAloud(work);
        await office.submit(work);
        return work;
      },
    ],
    ['uploads a recording', 'recording', ofTheEditor(undefined, (work) => upload(work))],
    [
      'uploads a recording to what is submitted',
      'recording',
      async () => {
        const work = await ofTheEditor()(office);
        await upload(work);
        return work;
      },
    ],
    [
      'has it read aloud',
      'clip',
      async () => {
        const work = await office.script();
        await office.readAloud(work, office.both);
        await office.submit(work);
        return work;
      },
    ],
    [
      'has it tried again',
      'clip',
      async () => {
        const work = await office.script();
        await office.tryAgain(work, office.both);
        await office.submit(work);
        return work;
      },
    ],
    [
      'chooses an older clip',
      'clip',
      ofTheEditor(undefined, async (work) => {
        await office.readAloud(work, office.editor, { repeat: true });
        await office.readAloud(work, office.both);
      }),
    ],
    [
      'submits',
      'submission',
      async () => {
        const work = await office.script();
        await office.readAloud(work);
        await office.submit(work, office.both);
        return work;
      },
    ],
    [
      'writes it',
      'text',
      async () => {
        const work = await office.script(office.both);
        await office.readAloud(work);
        await office.submit(work);
        return work;
      },
    ],
    [
      'wrote the version before, which nobody approved',
      'text',
      async () => {
        const work = await office.edit(await office.script(office.both));
        await office.readAloud(work);
        await office.submit(work);
        return work;
      },
    ],
  ];

  it.each(ways)('who %s does not decide on it', async (_name, kind, way) => {
    const work = await way(office);
    const own = await office.shown(work, office.both);
    expect(own.mayDecide).toBe(false);
    const his = own.contributions.filter(({ accountId }) => accountId === office.bothId);
    expect(his).toEqual([
      { accountId: office.bothId, name: expect.stringMatching(/^Người soạn và duyệt/), kind, count: 1 },
    ]);
    expect(codeOf(await office.approve(work, office.both))).toBe('403 own-work');
    expect(codeOf(await office.giveBack(work, office.both))).toBe('403 own-work');
    const page = await office.both.get(`/duyet/${work.versionId}`);
    expect(page.text).toContain('Bạn đã tham gia làm bài này');
    expect(page.text).not.toContain(`${work.versionId}/duyet-phat`);
    // Another approver sees who contributed, and decides.
    expect((await office.shown(work, office.approver)).mayDecide).toBe(true);
    const hers = await office.approver.get(`/duyet/${work.versionId}`);
    expect(hers.text).toContain(`${work.versionId}/duyet-phat`);
    expect(hers.text).toMatch(/<li>[^<]*Người soạn và duyệt/);
    expect(codeOf(await office.approve(work, office.approver))).toBe('200');
  });

  it.each<[string, Way]>([
    [
      'takes his correction back before it is read aloud',
      ofTheEditor(async (work) => {
        await office.correct(work, office.both, 'here');
        await office.takeBack(work, office.both);
      }),
    ],
    [
      'removes his own entry again',
      ofTheEditor(async (work) => {
        await office.removeEntry(await office.addEntry(work, office.both), office.both);
      }),
    ],
    [
      'is corrected by another in the same place',
      ofTheEditor(async (work) => {
        await office.correct(work, office.both, 'here');
        office.house.clock.advance(1);
        await office.correct(work, office.editor, 'here', 'quy dét');
      }),
    ],
    ['recorded what is not heard any more', ofTheEditor((work) => upload(work))],
    ['asks for a clip that is there', ofTheEditor(undefined, (work) => office.readAloud(work, office.both))],
    [
      'wrote an entry that stands elsewhere',
      ofTheEditor(async (work) => {
        await office.addEntry({ form: 'KHÔNG CÓ' }, office.both);
        await office.addEntry(work, office.both, office.otherUnitId);
      }),
    ],
    [
      'wrote an entry before the script was begun',
      async () => {
        const form = office.newForm();
        await office.addEntry({ form }, office.both);
        office.house.clock.advance(10);
        const work = await office.script(office.editor, form);
        await office.readAloud(work);
        await office.submit(work);
        return work;
      },
    ],
    [
      'wrote an earlier version that another approved',
      async () => {
        const first = await office.script(office.both);
        await office.readAloud(first);
        await office.submit(first);
        expect(codeOf(await office.approve(first, office.approver))).toBe('200');
        const work = await office.edit(first);
        await office.readAloud(work);
        await office.submit(work);
        return work;
      },
    ],
  ])('who %s may decide', async (_name, way) => {
    const work = await way(office);
    expect((await office.shown(work, office.both)).mayDecide).toBe(true);
    expect(codeOf(await office.approve(work, office.both))).toBe('200');
  });

  it('the inbox says which are not his', async () => {
    const [his, other] = [await correct('script')(office), await ofTheEditor()(office)];
    const inbox = json<{ versionId: string; mayDecide: boolean }[]>(await office.both.get('/api/approvals'));
    const may = (work: Work) => inbox.find(({ versionId }) => versionId === work.versionId)?.mayDecide;
    expect([may(his), may(other)]).toEqual([false, true]);
    const page = (await office.both.get('/duyet')).text;
    const row = (work: Work) => page.split('<a class="card').find((one) => one.includes(work.versionId)) ?? '';
    expect(row(his)).toContain('bạn tham gia làm');
    expect(row(other)).not.toContain('bạn tham gia làm');
  });

  it('what was done before rows remembered who did it is known from the audit', async () => {
    const known = ways.filter(([name]) => !/has his entry changed/.test(name));
    const works: Work[] = [];
    for (const [, , way] of known) works.push(await way(office));
    const told = () =>
      Promise.all(works.map(async (work) => (await office.shown(work, office.approver)).contributions));
    const before = await told();
    await office.house.app.get(Database).write(async (tx) => {
      await tx.query('UPDATE script_version SET submitted_by = NULL');
      await tx.query('UPDATE reading_decision SET removed_by = NULL');
      await tx.query('UPDATE lexicon_entry SET changed_by = NULL');
      await tx.query('UPDATE clip SET contributions = NULL');
    });
    expect(await told()).not.toEqual(before);
    await office.house.app.get(Database).write(async (tx) => {
      if (tx.queryRunner) await new Contributions1764400001000().fill(tx.queryRunner);
    });
    expect(await told()).toEqual(before);
  });

  it('what he does between his look and his approval counts', async () => {
    const work = await ofTheEditor()(office);
    const { contentHash, mayDecide } = await office.shown(work, office.both);
    expect(mayDecide).toBe(true);
    const answer = await office.whileHeld(
      work,
      () => office.both.post(`/api/approvals/${work.versionId}/approve`, { contentHash }),
      (tx) => office.addEntryIn(tx, work),
    );
    expect(codeOf(answer)).toBe('403 own-work');
  });

  it('while somebody decides, nobody changes what there is to decide on', async () => {
    const draft = await office.script();
    const changes = [
      await office.correction(draft, office.both, 'here'),
      await office.correction(draft, office.both, 'centre'),
      () => office.both.post(`/api/versions/${draft.versionId}/clips`),
    ];
    const acts = () => office.house.app.get(Database).read().countBy(AuditEntry, { actorId: office.bothId });
    for (const change of changes) {
      const before = await acts();
      let meanwhile = -1;
      const answer = await office.whileHeld(draft, change, async () => void (meanwhile = await acts()));
      expect([answer.status < 300, meanwhile, await acts()]).toEqual([true, before, before + 1]);
    }
  });
});
