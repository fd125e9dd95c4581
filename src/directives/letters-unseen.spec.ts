import type { ChannelKind } from '../shared/channel-kind.js';
import { readLetter } from './letter-reader.js';

/**
 * Letters of many kinds, written as an adversary would. Each expects, a line for each point, its units and what is
 * asked: 'n. units | channel min..max from..until due'.
 */
const short: Record<ChannelKind, string> = {
  'city-loudspeaker': 'city',
  'ward-loudspeaker': 'ward',
  fanpage: 'page',
  website: 'web',
  leaflet: 'leaflet',
};

function orders(text: string, partial = false): string[] {
  const { directive, obligations } = readLetter(text, { partial });
  return directive.assignments.map((a) => {
    const asked = obligations
      .filter((o) => o.assignment === a.n)
      .map((o) => {
        const times =
          o.minPlaysPerDay === null && o.maxPlaysPerDay === null
            ? ''
            : ` ${o.minPlaysPerDay ?? ''}..${o.maxPlaysPerDay ?? ''}`;
        const days =
          o.from === null && o.until === null ? '' : ` ${o.from?.slice(2) ?? ''}..${o.until?.slice(2) ?? ''}`;
        return `${short[o.channelKind]}${times}${days}${o.reportDue === null ? '' : ` !${o.reportDue.slice(2)}`}`;
      });
    return `${a.n}. ${a.addressees.join(' + ')} | ${asked.join(', ')}`;
  });
}

/** A head in one column; `body` follows Kính gửi. */
const letter = (
  body: string,
  { number = '12/UBND-VHTT', date = 'ngày 20 tháng 11 năm 2026', to = 'UBND các phường, xã.' } = {},
) =>
  `ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ TĨNH\nSố: ${number}\nV/v tuyên truyền\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Tĩnh, ${date}\n\nKính gửi: ${to}\n\n${body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n`;

describe('Letters never seen before', () => {
  it('numbers closed by a bracket, several numbers of plays in one point', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\n1) Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh 3-5 lần/ngày, đăng Fanpage ít nhất 1 bài/ngày, đến hết ngày 31/12/2026.\n2) UBND các phường, xã: phát trên loa truyền thanh tối thiểu hai lần mỗi ngày; đăng trên trang thông tin điện tử.\n3) Các đơn vị báo cáo kết quả trước ngày 05/01/2027.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 3..5 ..26-12-31 !27-01-05, page 1.. ..26-12-31 !27-01-05',
      '2. UBND các phường, xã | ward 2.. !27-01-05, web !27-01-05',
      '3. Các đơn vị | ',
    ]);
  });

  it('lines broken at eighty characters, as a PDF gives them', () => {
    expect(
      orders(
        letter(
          'Thực hiện Công văn số 3021/UBND-VX ngày 18/11/2026 của UBND tỉnh về phòng, chống\nrét đậm, UBND thành phố giao:\n1. Trung tâm Văn hóa - Truyền thông thành phố biên tập, phát trên hệ thống truyền\nthanh thành phố ít nhất\n02 lần/ngày bản tin thời tiết, từ ngày 01/12/2026 đến hết ngày 28/02/2027; đăng trên\nFanpage của Trung tâm.\n2. Ủy ban nhân dân các phường, xã phát trên hệ thống truyền thanh cơ sở; cử người\nđến từng hộ chăn nuôi hướng dẫn che chắn chuồng trại.\nYêu cầu các đơn vị nghiêm túc thực hiện./.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông thành phố | city 2.. 26-12-01..27-02-28, page',
      '2. Ủy ban nhân dân các phường, xã | ward, leaflet',
    ]);
  });

  it('terms stated once, in points of their own', () => {
    expect(
      orders(
        letter(
          'UBND thành phố đề nghị các đơn vị triển khai:\n1. Trung tâm Văn hóa - Truyền thông phát trên hệ thống truyền thanh thành phố và đăng trên Fanpage.\n2. UBND các phường, xã phát trên hệ thống truyền thanh cơ sở.\n3. Thời gian tuyên truyền: từ nay đến hết ngày 15/12/2026.\n4. Tần suất: tối thiểu 03 lần/ngày.\n5. Chế độ báo cáo: các đơn vị gửi kết quả về Phòng Văn hóa và Thông tin trước ngày 20/12/2026.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 3.. 26-11-20..26-12-15 !26-12-20, page 26-11-20..26-12-15 !26-12-20',
      '2. UBND các phường, xã | ward 3.. 26-11-20..26-12-15 !26-12-20',
      '3. các đơn vị | ',
      '4. các đơn vị | ',
      '5. các đơn vị | ',
    ]);
  });

  it('a decision in articles', () => {
    const text = `ỦY BAN NHÂN DÂN\nPHƯỜNG TRẦN PHÚ\nSố: 88/QĐ-UBND\nTrần Phú, ngày 02 tháng 12 năm 2026\nQUYẾT ĐỊNH\nVề việc tổ chức tuyên truyền bầu cử trên hệ thống truyền thanh\n\nCăn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;\nXét đề nghị của công chức Văn hóa - Xã hội,\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Phát bản tin bầu cử trên hệ thống truyền thanh phường mỗi ngày 02 lần, từ ngày 10/12/2026 đến hết ngày 15/03/2027.\nĐiều 2. Giao công chức Văn hóa - Xã hội biên tập, đăng trên trang thông tin điện tử của phường.\nĐiều 3. Văn phòng HĐND và UBND, các tổ dân phố chịu trách nhiệm thi hành Quyết định này./.\n\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH`;
    expect(orders(text)).toEqual([
      '1.  | ward 2..2 26-12-10..27-03-15',
      '2. công chức Văn hóa - Xã hội | web',
      '3. Văn phòng HĐND và UBND, các tổ dân phố | ',
    ]);
    const { directive } = readLetter(text);
    expect(directive.references).toEqual([{ number: '72/2025/QH15', date: null }]);
    expect(directive.subject).toBe('tổ chức tuyên truyền bầu cử trên hệ thống truyền thanh');
  });

  it('points in Roman numbers with bullets and letters inside', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\nI. Phòng Văn hóa và Thông tin:\n- Chủ trì, hướng dẫn.\n- Tổng hợp, báo cáo.\nII. UBND các phường, xã:\na) Phát trên hệ thống truyền thanh 2 buổi/ngày;\nb) Đăng trên trang thông tin điện tử;\nc) Phát tờ gấp đến từng hộ.\nIII. Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh thành phố.\nTrên đây là nội dung tuyên truyền, đề nghị các đơn vị thực hiện./.',
        ),
      ),
    ).toEqual([
      '1. Phòng Văn hóa và Thông tin | ',
      '2. UBND các phường, xã | ward 2..2, web, leaflet',
      '3. Trung tâm Văn hóa - Truyền thông | city',
    ]);
  });

  it('subjects first, units in the bullets below them', () => {
    expect(
      orders(
        letter(
          'UBND thành phố chỉ đạo một số nội dung sau:\n1. Công tác tuyên truyền:\n- Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh ít nhất 03 lần/ngày.\n- UBND các phường, xã: phát trên hệ thống truyền thanh 04 lần/ngày.\n2. Công tác kiểm tra:\n- Công an thành phố: kiểm tra các chợ.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông + UBND các phường, xã | city 3.., ward 4..4',
      '2. Công an thành phố | ',
    ]);
  });

  it('refusals, upkeep, sources and mobile loudspeakers are no orders', () => {
    expect(
      orders(
        letter(
          'UBND thành phố giao:\n1. UBND các phường, xã: không sử dụng hệ thống truyền thanh cơ sở để quảng cáo; khai thác tài liệu trên Cổng thông tin điện tử của Bộ Y tế; tuyên truyền bằng xe loa lưu động.\n2. Trung tâm Văn hóa - Truyền thông: kiểm tra, sửa chữa hệ thống truyền thanh thành phố; đăng trên Fanpage.\n3. Nơi không có hệ thống truyền thanh thì phát tờ rơi.',
        ),
      ),
    ).toEqual(['1. UBND các phường, xã | ', '2. Trung tâm Văn hóa - Truyền thông | page', '3.  | leaflet']);
  });

  it('no numbers at all', () => {
    expect(
      orders(
        letter(
          'Để người dân biết lịch cắt điện, UBND thành phố yêu cầu Trung tâm Văn hóa - Truyền thông phát thông báo trên hệ thống truyền thanh thành phố mỗi ngày 03 lần đến hết ngày 30/11/2026. UBND các phường, xã phát trên loa truyền thanh cơ sở ít nhất 02 lần/ngày.\nBáo cáo kết quả về UBND thành phố trước ngày 02/12/2026./.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 3..3 ..26-11-30 !26-12-02',
      '2. UBND các phường, xã | ward 2.. !26-12-02',
    ]);
  });

  it('bullets in place of numbers', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\n- Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh thành phố 2 lần/ngày.\n- UBND các phường, xã: phát trên hệ thống truyền thanh cơ sở.\n+ Phát tờ rơi đến từng hộ.\n- Công an thành phố: phối hợp.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city 2..2',
      '2. UBND các phường, xã | ward, leaflet',
      '3. Công an thành phố | ',
    ]);
  });

  it('all points in one paragraph', () => {
    expect(
      orders(
        letter(
          'UBND thành phố giao: 1. Phòng Y tế: cung cấp số liệu. 2. Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh thành phố 02 lần/ngày. 3. UBND các phường, xã: phát trên hệ thống truyền thanh cơ sở; báo cáo trước ngày 30/12/2026.',
        ),
      ),
    ).toEqual([
      '1. Phòng Y tế | ',
      '2. Trung tâm Văn hóa - Truyền thông | city 2..2',
      '3. UBND các phường, xã | ward !26-12-30',
    ]);
  });

  it('points that name nobody speak to whom the paragraph above orders', () => {
    expect(
      orders(
        letter(
          'Phòng Văn hóa và Thông tin đề nghị UBND các phường, xã thực hiện các nội dung sau:\n1. Tuyên truyền trên hệ thống truyền thanh, tần suất 02 lần/ngày.\n2. Đăng tải trên trang thông tin điện tử.\n3. Báo cáo kết quả về Phòng chậm nhất ngày 10/12/2026.',
        ),
      ),
    ).toEqual([
      '1. UBND các phường, xã | ward 2..2 !26-12-10',
      '2. UBND các phường, xã | web !26-12-10',
      '3. UBND các phường, xã | ',
    ]);
  });

  it('an old spelling, capitals and a telegram of a steering board', () => {
    const text = `BAN CHỈ HUY PCTT VÀ TKCN\nTHÀNH PHỐ HÀ TĨNH\nSố: 04/CĐ-PCTT\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Tĩnh, ngày 18 tháng 9 năm 2024\n\nCÔNG ĐIỆN KHẨN\nVề việc chủ động ứng phó với áp thấp nhiệt đới\n\nBAN CHỈ HUY PCTT VÀ TKCN THÀNH PHỐ ĐIỆN:\n- Uỷ ban nhân dân các phường, xã;\n- Trung tâm Văn hoá - Truyền thông.\n\nÁp thấp nhiệt đới đang mạnh lên. Ban Chỉ huy yêu cầu:\n1. Uỷ ban nhân dân các phường, xã thông báo trên hệ thống loa truyền thanh liên tục, ít nhất 05 lần/ngày đến hết ngày 21/9.\n2. Trung tâm Văn hoá - Truyền thông tiếp sóng Đài Phát thanh và Truyền hình tỉnh trên hệ thống truyền thanh thành phố.\n3. Báo cáo về Ban Chỉ huy trước 17h00 hằng ngày.`;
    expect(orders(text)).toEqual([
      '1. Uỷ ban nhân dân các phường, xã | ward 5.. ..24-09-21',
      '2. Trung tâm Văn hoá - Truyền thông | city',
      '3.  | ',
    ]);
    const { directive, warnings } = readLetter(text);
    expect([directive.urgency, directive.issuer, directive.to.length]).toEqual([
      'Khẩn',
      'Ban Chỉ huy PCTT và TKCN thành phố Hà Tĩnh',
      2,
    ]);
    expect(warnings.some((w) => w.includes('định kỳ'))).toBe(true);
  });

  it('a plan whose forms repeat what the units are told', () => {
    const text = `UBND PHƯỜNG THÀNH SEN\nSố: 31/KH-UBND\nThành Sen, ngày 10 tháng 01 năm 2026\n\nKẾ HOẠCH\nTuyên truyền bầu cử đại biểu Quốc hội khóa XVI\n\nThực hiện Hướng dẫn số 27-HD/BTGDVTW ngày 11/9/2025, UBND phường xây dựng kế hoạch như sau:\nI. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao nhận thức của cử tri.\n2. Yêu cầu\nTuyên truyền kịp thời, rộng khắp.\nII. NỘI DUNG, HÌNH THỨC\n1. Nội dung: theo tài liệu của cấp trên.\n2. Hình thức: trên hệ thống truyền thanh phường tối thiểu 02 lần/ngày; trên Fanpage của phường mỗi ngày 01 bài.\nIII. TỔ CHỨC THỰC HIỆN\n1. Phòng Văn hóa - Xã hội\n- Biên tập bài, phát trên hệ thống truyền thanh từ ngày 01/02 đến hết ngày 15/3/2026.\n- Báo cáo UBND phường trước ngày 20/3/2026.\n2. Đoàn Thanh niên phường\nQuản trị Fanpage, đăng bài theo kế hoạch.\n3. Các tổ dân phố\nĐến từng nhà phát lịch bầu cử.\nTrên đây là Kế hoạch tuyên truyền bầu cử, yêu cầu các đơn vị thực hiện./.\nNơi nhận:\n- TT Đảng ủy;\n- Lưu: VT.`;
    expect(orders(text)).toEqual([
      '1. Phòng Văn hóa - Xã hội | ward 2.. 26-02-01..26-03-15 !26-03-20',
      '2. Đoàn Thanh niên phường | page 1..1',
      '3. Các tổ dân phố | leaflet',
    ]);
  });

  it('half the week, a maximum, and a bare minimum, each with its warning', () => {
    const text = letter(
      'UBND thành phố giao:\n1. Trung tâm Văn hóa - Truyền thông: đăng Fanpage 02 bài/tuần; phát trên hệ thống truyền thanh thành phố không quá 4 lần/ngày.\n2. UBND các phường, xã: phát trên hệ thống truyền thanh cơ sở tối thiểu hai lần.\n3. Công an thành phố: tuyên truyền trên hệ thống truyền thanh.',
    );
    expect(orders(text)).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | page, city ..4',
      '2. UBND các phường, xã | ward 2..',
      '3. Công an thành phố | city',
    ]);
    const { warnings } = readLetter(text);
    expect(warnings.map((w) => w.slice(0, 6))).toEqual(['Mục 1:', 'Mục 2:']);
  });

  it('an offer of what to do at night and at whose level when nobody says', () => {
    const text = letter(
      'UBND thành phố giao:\n1. Các phòng, ban: tuyên truyền trên hệ thống truyền thanh.\n2. Phòng Y tế: cung cấp tài liệu.',
      { to: 'Các phòng, ban.' },
    );
    expect(orders(text)).toEqual(['1. Các phòng, ban | city, ward', '2. Phòng Y tế | ']);
    expect(readLetter(text).warnings).toHaveLength(1);
  });

  it('a number and a day that wait for the seal', () => {
    const text = letter(
      'UBND thành phố giao:\n1. UBND các phường, xã: phát trên loa truyền thanh từ nay đến hết ngày 31/12/2026.',
      {
        number: '      /UBND-VHTT',
        date: 'ngày     tháng 11 năm 2026',
      },
    );
    const { directive, missing } = readLetter(text);
    expect([directive.number, directive.issuedOn, directive.place]).toEqual([null, null, 'Hà Tĩnh']);
    expect(missing).toEqual(expect.arrayContaining(['number', 'issuedOn', 'from']));
    expect(orders(text)).toEqual(['1. UBND các phường, xã | ward ..26-12-31']);
  });

  it('a report that only the wards owe', () => {
    expect(
      orders(
        letter(
          'UBND thành phố giao:\n1. Trung tâm Văn hóa - Truyền thông phát trên hệ thống truyền thanh thành phố.\n2. UBND các phường, xã phát trên hệ thống truyền thanh cơ sở.\n3. Phòng Văn hóa và Thông tin đôn đốc, tổng hợp.\nUBND các phường, xã báo cáo kết quả về Phòng Văn hóa và Thông tin trước ngày 12/12/2026.',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông | city',
      '2. UBND các phường, xã | ward !26-12-12',
      '3. Phòng Văn hóa và Thông tin | ',
    ]);
  });
});

describe('Letters quoted in part', () => {
  it('news of a bureau: number, day, issuer, frequency and period from running text', () => {
    const text =
      'Ngày 23/8/2020, Cục Thông tin cơ sở ban hành Công văn số 802/TTCS-TTTH về việc tuyên truyền ứng dụng, đề nghị các Sở Thông tin và Truyền thông chỉ đạo hệ thống truyền thanh cấp huyện và đài truyền thanh xã, phường phát thanh ít nhất 02 lần/ngày, từ nay đến ngày 31/8/2020.\nTin liên quan\nĐánh giá bài viết';
    const { directive } = readLetter(text, { partial: true });
    expect([directive.number, directive.issuedOn, directive.issuer, directive.subject]).toEqual([
      '802/TTCS-TTTH',
      '2020-08-23',
      'Cục Thông tin cơ sở',
      'tuyên truyền ứng dụng',
    ]);
    expect(orders(text, true)).toEqual([
      '1. các Sở Thông tin và Truyền thông | city 2.. 20-08-23..20-08-31, ward 2.. 20-08-23..20-08-31',
    ]);
  });

  it('a middle piece with character references', () => {
    const text =
      '&hellip; tr&ecirc;n địa b&agrave;n.\n3. UBND c&aacute;c phường, x&atilde;: ph&aacute;t tr&ecirc;n loa truyền thanh 2&nbsp;lần/ng&agrave;y.\n4. Ph&ograve;ng Y tế: cung cấp số liệu.\nNguồn: Báo điện tử';
    expect(orders(text, true)).toEqual(['3. UBND các phường, xã | ward 2..2', '4. Phòng Y tế | ']);
    expect(readLetter(text, { partial: true }).missing).toEqual(
      expect.arrayContaining(['number', 'issuedOn', 'issuer']),
    );
  });

  it('a ward told to inform its people so many times a day, with no channel named', () => {
    const text =
      'Ngày 5-8-2020, Sở Thông tin và Truyền thông có Văn bản số 544 đề nghị các địa phương vào cuộc. Sở đề nghị UBND các xã, phường tích cực thông báo đến người dân với tần suất từ 3-5 lần/ngày.';
    expect(orders(text, true)).toEqual(['1. các địa phương | ', '2. UBND các xã, phường | ward 3..5']);
    expect(readLetter(text, { partial: true }).warnings).toHaveLength(1);
  });

  it('a whole letter after the words of a page', () => {
    const text = `Toàn văn công văn\nĐăng bởi quản trị\n\n${letter('UBND thành phố giao:\n1. UBND các phường, xã: phát trên loa truyền thanh.')}`;
    const { directive } = readLetter(text, { partial: true });
    expect([directive.number, directive.issuer, directive.recipients.length]).toEqual([
      '12/UBND-VHTT',
      'Ủy ban nhân dân thành phố Hà Tĩnh',
      2,
    ]);
  });
});
