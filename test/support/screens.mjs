/**
 * Every screen that `npm run screenshots` looks at: a name for the file, who sits in front of it, and where it is. `path` may
 * ask the house of the demo for ids: `find(page, 'a[href^="/bai/"]')` opens nothing, it answers the href of the first match on
 * the page at `page`. `dark` and `english` also take those pictures.
 */
export const screens = [
  { name: 'dang-nhap', who: null, path: '/dang-nhap' },
  { name: 'ban-bien-tap', who: 'editor', path: '/ban-bien-tap', dark: true, english: true },
  { name: 'cong-van', who: 'editor', path: '/cong-van' },
  { name: 'cong-van-moi', who: 'editor', path: '/cong-van/moi' },
  { name: 'cong-van-mot', who: 'editor', path: (find) => find('/cong-van', 'td a[href^="/cong-van/"]') },
  { name: 'bai', who: 'editor', path: '/bai', english: true },
  { name: 'bai-mot', who: 'editor', path: (find) => find('/bai', 'td a[href^="/bai/"]'), dark: true, english: true },
  { name: 'soan', who: 'editor', path: (_find, _day, { draft }) => `/bai/${draft}`, dark: true, english: true },
  { name: 'sua-doc', who: 'editor', path: (find, _day, { draft }) => find(`/bai/${draft}`, 'a.mark') },
  { name: 'so-sanh', who: 'editor', path: (_find, _day, { draft }) => `/bai/${draft}/so-sanh`, english: true },
  {
    name: 'canh-nhau',
    who: 'editor',
    path: async (find) => `${await find('/bai', 'td a[href^="/bai/"]')}/canh-nhau`,
  },
  {
    name: 'duyet-mot',
    who: 'approver',
    path: (_find, _day, { waiting }) => `/duyet/${waiting}`,
    dark: true,
    english: true,
  },
  { name: 'duyet', who: 'approver', path: '/duyet', dark: true, english: true },
  { name: 'hom-nay', who: 'operator', path: (_find, day) => `/hom-nay?ngay=${day(3)}`, dark: true, english: true },
  { name: 'hom-nay-trong', who: 'operator', path: '/hom-nay' },
  { name: 'hom-nay-chon', who: 'official', path: '/hom-nay' },
  { name: 'lich', who: 'editor', path: (_find, day) => `/lich?ngay=${day(2)}`, dark: true, english: true },
  {
    name: 'lich-luot',
    who: 'editor',
    path: async (find, day) =>
      find(`${await find('/lich', 'a[href*="bac-ha"]')}&x=${day(2)}`, 'a[href^="/lich/luot/"]'),
  },
  { name: 'lich-thang', who: 'editor', path: (find) => find('/lich/truyen-thanh-phuong-bac-ha', 'a[href*="/thang"]') },
  { name: 'lich-tuan', who: 'editor', path: (find) => find('/lich', 'a[href*="bac-ha"]') },
  { name: 'bai-dang', who: 'page-admin', path: '/bai-dang' },
  {
    name: 'bai-dang-mot',
    who: 'page-admin',
    path: (find) => find('/bai-dang?xem=danh-sach', 'td a[href^="/bai-dang/"]'),
  },
  { name: 'tien-do', who: 'official', path: '/tien-do' },
  {
    name: 'tien-do-mot',
    who: 'official',
    path: (find) => find('/tien-do', 'a.link[href^="/tien-do/"]'),
    dark: true,
    english: true,
  },
  {
    name: 'tien-do-o',
    who: 'official',
    path: async (find) => find(await find('/tien-do', 'a.link[href^="/tien-do/"]'), 'td a[href^="/tien-do/"]'),
  },
  { name: 'bao-cao', who: 'official', path: '/bao-cao' },
  { name: 'bao-cao-mot', who: 'official', path: (find) => find('/bao-cao', 'td a[href^="/bao-cao/"]') },
  { name: 'nhat-ky', who: 'admin', path: '/nhat-ky', english: true },
  { name: 'don-vi', who: 'admin', path: '/don-vi' },
  { name: 'don-vi-mot', who: 'admin', path: '/don-vi/phuong-bac-ha' },
  { name: 'mau-bai', who: 'admin', path: '/mau-bai' },
  { name: 'mau-bai-mot', who: 'admin', path: '/mau-bai/general.loudspeaker', english: true },
  { name: 'nguoi-dung', who: 'admin', path: '/nguoi-dung' },
  { name: 'nguoi-dung-mot', who: 'admin', path: (find) => find('/nguoi-dung?tim=bao', 'td a[href^="/nguoi-dung/"]') },
  { name: 'tu-dien', who: 'admin', path: '/tu-dien', english: true },
  { name: 'khung-gio', who: 'admin', path: '/khung-gio/truyen-thanh-phuong-bac-ha', english: true },
  { name: 'tram', who: 'admin', path: '/tram' },
  { name: 'khong-co', who: 'editor', path: '/khong-co-trang-nay' },
];
