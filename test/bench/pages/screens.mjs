/**
 * Every screen that can be opened, as `{ screen, path }`: `screen` is its route. Ids are found on the lists before it. `channel` and `unit`: whose day, week and windows are opened.
 */
export async function screensOf(browser, { channel, unit }) {
  const id = '[0-9a-f-]{36}';
  const find = async (from, pattern) => {
    const { text } = await browser.get(from);
    const found = new RegExp(`href="(${pattern})"`).exec(text.replaceAll('&amp;', '&'))?.[1];
    if (!found) throw new Error(`${from} has no link like ${pattern}`);
    return found;
  };
  const day = (days) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now() + days * 86_400_000);
  // Tomorrow is the last day that the demo plans.
  const date = day(1);
  const letter = await find('/cong-van', `/cong-van/${id}`);
  const script = await find('/bai', `/bai/${id}`);
  const progress = letter.replace('cong-van', 'tien-do');
  const board = JSON.parse((await browser.get(`/api/board?date=${date}`)).text);
  const slot = board.events.find(({ extendedProps }) => extendedProps.kind === 'slot').id;
  const window = await find(`/khung-gio/${channel}`, `/khung-gio/${channel}/${id}`);
  return [
    { screen: '/ban-bien-tap' },
    { screen: '/cong-van' },
    { screen: '/cong-van/moi' },
    { screen: '/cong-van/thong-bao' },
    { screen: '/cong-van/:id', path: letter },
    { screen: '/bai' },
    { screen: '/bai/:id', path: script },
    { screen: '/bai/:id/canh-nhau', path: `${script}/canh-nhau` },
    { screen: '/bai/:id/so-sanh', path: `${script}/so-sanh` },
    { screen: '/bai/:id/thu-hoi-duyet', path: `${script}/thu-hoi-duyet` },
    { screen: '/bai/:id/dung-phat', path: `${script}/dung-phat` },
    { screen: '/duyet' },
    { screen: '/hom-nay' },
    { screen: '/hom-nay?kenh', path: `/hom-nay?kenh=${channel}&ngay=${date}` },
    { screen: '/lich', path: `/lich?ngay=${date}` },
    { screen: '/api/board', path: `/api/board?date=${date}&page=1` },
    { screen: '/lich/:code', path: `/lich/${channel}?tuan=${date}` },
    { screen: '/lich/:code/thang', path: `/lich/${channel}/thang` },
    { screen: '/lich/:code/dia-chi', path: `/lich/${channel}/dia-chi` },
    { screen: '/lich/luot/moi', path: `/lich/luot/moi?kenh=${channel}&ngay=${date}&gio=05:30` },
    { screen: '/lich/luot/:id', path: `/lich/luot/${slot}` },
    { screen: '/bai-dang' },
    { screen: '/bai-dang/:id', path: await find('/bai-dang?xem=danh-sach', `/bai-dang/${id}`) },
    { screen: '/tien-do' },
    { screen: '/tien-do/:directiveId', path: progress },
    {
      screen: '/tien-do/:directiveId/:obligationId/:unitCode',
      path: await find(progress, `${progress}/[^"]+`),
    },
    { screen: '/bao-cao' },
    { screen: '/bao-cao/:directiveId', path: letter.replace('cong-van', 'bao-cao') },
    { screen: '/nhat-ky' },
    { screen: '/don-vi' },
    { screen: '/don-vi/:code', path: `/don-vi/${unit}` },
    { screen: '/mau-bai' },
    { screen: '/mau-bai/:code', path: '/mau-bai/general.loudspeaker' },
    { screen: '/nguoi-dung' },
    { screen: '/nguoi-dung/:id', path: await find('/nguoi-dung', `/nguoi-dung/${id}`) },
    { screen: '/cho-xac-nhan' },
    { screen: '/tram' },
    { screen: '/kenh' },
    { screen: '/kenh/:code', path: `/kenh/${channel}` },
    { screen: '/khung-gio' },
    { screen: '/khung-gio/:code', path: `/khung-gio/${channel}` },
    { screen: '/khung-gio/:code/mo-dau-ket-thuc', path: `/khung-gio/${channel}/mo-dau-ket-thuc` },
    { screen: '/khung-gio/:code/:windowId', path: window },
    { screen: '/khung-gio/:code/:windowId/ngay', path: `${window}/ngay?ngay=${date}` },
    { screen: '/khung-gio/luat/quy-dinh' },
    { screen: '/khung-gio/luat/ngay-le' },
    { screen: '/tu-dien' },
    { screen: '/giong-doc' },
    { screen: '/cai-dat' },
    { screen: '/bao-mat' },
    { screen: '/bao-mat/mat-khau' },
  ].map(({ screen, path = screen }) => ({ screen, path }));
}

/** Pages of the application that are not measured, with the reason. */
export const unmeasured = {
  '/': 'sends on to the first screen of whoever asks',
  '/thiet-lap': 'closed as soon as there is an administrator',
  '/khong-co-viec': 'for people without a role; only words',
  '/bao-mat/dien-thoai': 'a step of giving a phone; one code',
  '/ma-xac-thuc': 'asked in the middle of an approval; one field',
  '/health': 'for machines',
  '/metrics': 'for machines',
  '/bai/moi': 'needs a campaign that is chosen; a form',
  '/bai/:id/ban-thu': 'a piece of the page of its script, asked while a clip is made',
  '/bai/:id/doc': 'a piece of the page of its script',
  '/bai/:id/xep-lich': 'a piece of the page of its script',
  '/bai-dang/nhip': 'a piece of the list of posts: the sign of life',
  '/duyet/:versionId': 'nothing waits in the house of the demo',
  '/duyet/:versionId/duyet-phat': 'nothing waits in the house of the demo',
  '/duyet/:versionId/tra-lai': 'nothing waits in the house of the demo',
  '/bai/:id/phat-lai': 'nothing is stopped in the house of the demo; one field',
  '/lich/thay-doi/:id': 'nothing was planned again in the house of the demo',
  '/tu-dien/:id': 'a piece of the lexicon: one entry',
  '/dang-nhap': 'measured before anybody is signed in',
};

/** Pages of the running application that are neither measured nor named above: a new screen needs a decision. */
export function forgotten(routes, screens) {
  const known = new Set([...screens.map(({ screen }) => screen.split('?', 1)[0]), ...Object.keys(unmeasured)]);
  return routes.filter((route) => !/^\/(api|static|feeds|bare)\b|\*/.test(route) && !known.has(route));
}
