import { lookOver } from '../look-over.mjs';
import { enrolPhone } from '../phone.mjs';
import { hear } from '../sound.mjs';

/** Sets up the phone, reads, listens, returns one script with a reason. */
export async function approverReturns(town) {
  const { seen, cast, size } = town;
  await town.check(
    'a leader sets up the codes of the phone, listens, and sends a script back with a reason',
    async () => {
      const leader = await town.enter(cast.approver);
      seen.leader = leader;
      await leader.sees('Tài khoản của bạn chưa duyệt và xác nhận được gì');
      town.house.atTerminal('admin', 'confirm', '--username', cast.approver.username);
      if (leader.path() !== '/duyet') throw new Error(`the leader begins at ${leader.path()}`);
      seen.phone = await enrolPhone(leader, seen.enrolmentCode, town.house.now);
      await leader.shoot('duyet');
      await leader.follow(`Phun hóa chất ${size.width}`);
      seen.decision = leader.path();
      const player = leader.page.locator('.player.ready').first();
      await hear(player.locator('audio'), () => player.locator('button').click());
      await leader.shoot('duyet-bai');
      await leader.sees('Phát ở đâu, khi nào', 'Buổi sáng');
      await leader.follow('Duyệt phát…');
      await leader.sees('Sẽ phát ở đâu, khi nào, bao nhiêu lần');
      await leader.page.locator('.narrow-scope > summary').click();
      await leader.sees('Đến hết ngày');
      await leader.shoot('duyet-thu-hep');
      await leader.follow('Xem và nghe lại');
      await leader.follow('Trả lại…');
      if (await leader.page.locator('.approve').count()) throw new Error('both decisions are on one sheet');
      await leader.page.fill('#comment', 'Xin ghi rõ giờ kết thúc');
      await leader.press('Trả lại người soạn');
      await leader.sees('Đã trả lại');
    },
  );
}

/** Checks the correction and approves; then the text for the fanpage. */
export async function approverApproves(town) {
  const { seen, size } = town;
  await town.check('the leader sees what was changed and approves; then the text for the fanpage', async () => {
    const { leader } = seen;
    await leader.open('/duyet');
    await leader.follow(`Phun hóa chất ${size.width}`);
    await leader.sees('Xin ghi rõ giờ kết thúc');
    await leader.follow('xem chỗ đã sửa');
    if (!(await leader.page.locator('.diff ins').count())) throw new Error('no difference is shown');
    await leader.page.goBack();
    // What is played to its end is recorded; before that, approving asks once more.
    await leader.follow('Duyệt phát…');
    await leader.sees('Bạn chưa nghe hết bản thu');
    await leader.press('Duyệt phát');
    await leader.sees('Vẫn duyệt phát?');
    await leader.follow('Quay lại nghe');
    for (const player of await leader.page.locator('.player.ready').all())
      await player.locator('audio').evaluate(
        (audio) =>
          new Promise((done) => {
            audio.playbackRate = 8;
            audio.addEventListener('ended', done);
            void audio.play();
          }),
      );
    await leader.awaits('Bạn đã nghe hết bản thu này.');
    await leader.follow('Duyệt phát…');
    await leader.sees('Đã nghe hết lúc');
    await leader.press('Duyệt phát');
    await leader.sees('Đã duyệt.');
    await leader.open('/duyet');
    await leader.follow(`Mỗi tuần mười lăm phút ${size.width}`);
    await leader.follow('Duyệt phát…');
    await leader.press('Duyệt phát');
    await leader.sees('Đã duyệt.');
  });
}

export async function approverLooks(town) {
  const { seen } = town;
  await lookOver(town, seen.leader, [
    ['/duyet', 'duyet-2'],
    [() => seen.waiting, 'duyet-mot'],
    [() => seen.decision, 'duyet-xong'],
    ['/bao-mat', 'bao-mat-duyet'],
  ]);
}
