import { Channel } from '../../src/channels/entities/channel.entity.js';
import { Database } from '../../src/database/database.js';
import type { Role } from '../../src/people/access/role.js';
import { approvedClip, type ApprovedClip } from '../support/approved-clip.js';
import { unmarkedVietnamese } from '../support/foreign-words.js';
import { type House, openHouse } from '../support/house.js';
import { campaignOf, LETTER, Visitors } from '../support/visitors.js';

const BAC_HA = 'truyen-thanh-phuong-bac-ha';

let house: House;
let visitors: Visitors;
let waiting: ApprovedClip;
let narrowed: ApprovedClip;
let draft: string;
let campaignId: string;
let letter: string;

beforeAll(async () => {
  house = await openHouse({ at: { date: '2026-11-24', time: '08:00' } });
  visitors = new Visitors(house);
  waiting = await approvedClip(house, { state: 'submitted', title: 'Diệt bọ gậy' });
  narrowed = await approvedClip(house, { state: 'submitted', title: 'Phun thuốc', bulletinClass: 'priority' });
  const editor = await visitors.enter('editor');
  const channel = await house.app.get(Database).read().findOneByOrFail(Channel, { code: BAC_HA });
  const approver = await visitors.enter('approver');
  await approver.visit(`/duyet/${narrowed.versionId}/duyet-phat`);
  const less = { channels: channel.id, until: '2026-11-30', bulletinClass: 'normal' };
  await approver.submit(`/duyet/${narrowed.versionId}/duyet-phat`, { unheard: 'yes', ...less });
  const { campaign, directive } = await campaignOf(editor);
  [campaignId, letter] = [campaign, directive];
  const made = await house.person('editor');
  const script = {
    campaignId: campaign,
    channelKind: 'ward-loudspeaker',
    title: 'Thông báo',
    text: 'Lúc 5h UBND họp.',
  };
  draft = JSON.parse((await made.post('/api/scripts', script)).text).scriptId;
});
afterAll(() => house.close());

describe('on an English screen', () => {
  it('the check finds what is not marked, and leaves what is', () => {
    const page =
      '<p title="Giờ">now <b lang="vi">Bắc <i>Hà</i></b> đã</p><input placeholder="Tên"><em lang="vi">là</em>';
    expect(unmarkedVietnamese(page)).toEqual(['Giờ', 'đã', 'Tên']);
    expect(LETTER).toContain('Hà Tĩnh');
  });

  const screens: [Role | null, string, () => string][] = [
    [null, 'the door', () => '/dang-nhap'],
    ['editor', "the editor's desk", () => '/ban-bien-tap'],
    ['editor', 'a script that is written', () => `/bai/${draft}`],
    ['editor', 'a correction of its reading', () => `/bai/${draft}/doc?cho=4-6`],
    ['editor', 'its versions', () => `/bai/${draft}/so-sanh`],
    ['editor', 'its variants', () => `/bai/${draft}/canh-nhau`],
    ['editor', 'the letters', () => '/cong-van'],
    ['editor', 'a search that finds no letter', () => '/cong-van?tim=khongco'],
    ['editor', 'a letter to register', () => '/cong-van/moi'],
    ['editor', 'a letter', () => `/cong-van/${letter}`],
    ['editor', 'the scripts', () => '/bai'],
    ['editor', 'a new script', () => `/bai/moi?dot=${campaignId}`],
    ['editor', 'a plan', () => `/bai/${waiting.scriptId}/xep-lich?tu=2026-11-25&den=2026-11-27&lan=40`],
    ['official', 'the reports', () => '/bao-cao'],
    ['official', 'a report', () => `/bao-cao/${letter}`],
    ['editor', 'a script that waits', () => `/bai/${waiting.scriptId}`],
    ['editor', 'a page that is not there', () => '/khong-co'],
    ['approver', 'what waits for a decision', () => '/duyet'],
    ['approver', 'a decision', () => `/duyet/${waiting.versionId}`],
    ['approver', 'the sheet that approves', () => `/duyet/${waiting.versionId}/duyet-phat`],
    ['approver', 'the sheet that returns', () => `/duyet/${waiting.versionId}/tra-lai`],
    ['approver', 'the sheet that stops', () => `/bai/${narrowed.scriptId}/dung-phat`],
    ['editor', 'the sheet that withdraws', () => `/bai/${narrowed.scriptId}/thu-hoi-duyet`],
    ['approver', 'a narrowed approval', () => `/duyet/${narrowed.versionId}`],
    ['editor', 'a script whose approval is narrowed', () => `/bai/${narrowed.scriptId}`],
    ['editor', 'openings and closings', () => `/khung-gio/${BAC_HA}/mo-dau-ket-thuc`],
    ['admin', 'the stations', () => '/tram'],
    ['admin', 'the settings', () => '/cai-dat'],
    ['official', 'the choice of a channel', () => '/hom-nay'],
    ['official', 'a day of a channel', () => `/hom-nay?kenh=${BAC_HA}`],
  ];
  it.each(screens)('%s: %s says nothing in Vietnamese but what people wrote', async (role, _what, path) => {
    const visitor = role ? await visitors.enter(role) : visitors.stranger();
    if (!role) await visitor.visit('/dang-nhap');
    await visitor.submit('/giao-dien', { ngonngu: 'en' });
    const page = await visitor.visit(path());
    expect(page.text).toContain('<html lang="en"');
    expect(unmarkedVietnamese(page.text)).toEqual([]);
  });
});
