import { readLetter } from './letter-reader.js';
import { letter, orders } from './sample-letter.fake.js';

describe('Letters that test the reader', () => {
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

  it('a province to its communes, in the two levels of 2025', () => {
    const text = `UBND TỈNH HÀ TĨNH                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH           Độc lập - Tự do - Hạnh phúc\n\nSố: 2290/SVHTTDL-TTBCXB            Hà Tĩnh, ngày 03 tháng 12 năm 2026\nV/v tuyên truyền phòng, chống\nlừa đảo trên không gian mạng\n\nKính gửi:\n- Báo và Phát thanh, Truyền hình Hà Tĩnh;\n- Ủy ban nhân dân các xã, phường.\n\nThực hiện Công văn số 6012/UBND-VX ngày 01/12/2026 của UBND tỉnh, Sở đề nghị:\n1. Báo và Phát thanh, Truyền hình Hà Tĩnh: tăng thời lượng tin, bài.\n2. Ủy ban nhân dân các xã, phường: phát trên hệ thống truyền thanh xã, phường tối thiểu 02 lần/ngày, mỗi lần không quá 05 phút; đăng tải trên Trang thông tin điện tử và Fanpage của xã, phường 01 bài/ngày; thời gian từ ngày 05/12/2026 đến ngày 31/01/2027.\nKết quả thực hiện gửi Sở Văn hóa, Thể thao và Du lịch trước ngày 05/02/2027./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, TTBCXB.`;
    expect(orders(text)).toEqual([
      '1. Báo và Phát thanh, Truyền hình Hà Tĩnh | ',
      '2. Ủy ban nhân dân các xã, phường | ward 2.. 26-12-05..27-01-31 !27-02-05, web 1..1 26-12-05..27-01-31 !27-02-05, page 1..1 26-12-05..27-01-31 !27-02-05',
    ]);
    expect(readLetter(text).directive).toMatchObject({
      issuer: 'Sở Văn hóa, Thể thao và Du lịch',
      subject: 'tuyên truyền phòng, chống lừa đảo trên không gian mạng',
      to: ['Báo và Phát thanh, Truyền hình Hà Tĩnh', 'Ủy ban nhân dân các xã, phường'],
    });
  });

  it('a district in an epidemic: both levels, several counts in one sentence, hours of the day', () => {
    const text = `ỦY BAN NHÂN DÂN\nHUYỆN THẠCH HÀ\nSố: 1532/UBND-YT\nHỎA TỐC\nThạch Hà, ngày 02 tháng 8 năm 2021\nV/v tăng cường tuyên truyền phòng, chống dịch\nKính gửi:\n- Phòng Văn hoá - Thông tin;\n- Uỷ ban nhân dân các xã, thị trấn.\nUBND huyện yêu cầu:\n1. Phòng Văn hoá – Thông tin: Chỉ đạo hệ thống truyền thanh từ huyện đến cơ sở tuyên truyền mỗi ngày ít nhất 03 lần (sáng, trưa, chiều).\n2. Trung tâm Văn hoá - Truyền thông huyện: tần suất tuyên truyền tối thiểu 3 lần/ngày trên hệ thống truyền thanh, 02 bài/ngày trên trang thông tin điện tử.\n3. Uỷ ban nhân dân các xã, thị trấn: Yêu cầu trạm truyền thanh cơ sở phát tối thiểu 3 lần/ngày vào các khung giờ sáng từ 5h00 - 6h00, chiều từ 17h00 - 18h00; từ nay đến hết ngày 15/8; không tổ chức loa kéo lưu động vào giờ nghỉ.\nGiao Phòng Văn hoá - Thông tin theo dõi, tổng hợp, báo cáo UBND huyện trước 16h00 hằng ngày.`;
    expect(orders(text)).toEqual([
      '1. Phòng Văn hoá – Thông tin | city 3.., ward 3..',
      '2. Trung tâm Văn hoá - Truyền thông huyện | city 3.., web 2..2',
      '3. Uỷ ban nhân dân các xã, thị trấn | ward 3.. 21-08-02..21-08-15',
    ]);
    expect(readLetter(text).directive.urgency).toBe('Hỏa tốc');
  });

  it('decimal sub-points, bold marks and a bracketed remark', () => {
    expect(
      orders(
        letter(
          'UBND thành phố giao:\n**1. Công tác tuyên truyền**\n1.1. Trung tâm Văn hóa - Truyền thông: phát trên hệ thống truyền thanh 01-02 lần/ngày.\n1.2. UBND các phường, xã: phát trên hệ thống truyền thanh, đăng Facebook; in và phát tờ rơi.\n**2. Công tác vệ sinh môi trường**\n2.1. Công ty Môi trường đô thị: thu gom rác.\n(Gửi kèm tài liệu tuyên truyền, phát đến hết ngày 30/11/2026)',
        ),
      ),
    ).toEqual([
      '1. Trung tâm Văn hóa - Truyền thông + UBND các phường, xã | city 1..2 ..26-11-30, ward ..26-11-30, page ..26-11-30, leaflet ..26-11-30',
      '2. Công ty Môi trường đô thị | ',
    ]);
  });

  it('a closing that orders nothing new is not swallowed by the last point', () => {
    for (const closing of [
      'Nhận được Công văn, yêu cầu Thủ trưởng các đơn vị triển khai trên loa truyền thanh.',
      'Trên đây là nội dung tuyên truyền trên Fanpage, đề nghị các đơn vị thực hiện.',
      'Yêu cầu các đơn vị nghiêm túc thực hiện.',
      '* Thông tin chi tiết đăng trên Web: https://www.example.vn',
      'UBND thành phố đề nghị các phường, xã quan tâm chỉ đạo.',
      'Trong quá trình thực hiện, có vướng mắc phản ánh về Phòng Văn hóa và Thông tin.',
      'Công văn này thay thế Công văn số 11/UBND-VX ngày 01/11/2026.',
      'Rất mong được sự phối hợp.',
    ]) {
      const { directive } = readLetter(
        letter(`UBND thành phố giao:\n1. Phòng Y tế: cung cấp số liệu.\n2. Công an: tuần tra.\n${closing}`),
      );
      expect([closing, directive.assignments.at(-1)]).toEqual([
        closing,
        { n: 2, addressees: ['Công an'], text: 'tuần tra.', channels: [] },
      ]);
    }
  });

  it('the order under a heading without a colon, and the report of one unit', () => {
    expect(
      orders(
        letter(
          'UBND thành phố yêu cầu:\n1. UBND các phường, xã\n- Phát trên hệ thống loa truyền thanh mỗi ngày 02 lần.\n- Thành lập tổ "đi từng ngõ, gõ từng nhà".\n2. Phòng Văn hóa và Thông tin\nTheo dõi, tham mưu UBND thành phố báo cáo UBND tỉnh trước ngày 15/12/2026.\nYêu cầu Thủ trưởng các phòng, ban báo cáo kết quả trước ngày 10/12/2026.',
        ),
      ),
    ).toEqual(['1. UBND các phường, xã | ward 2..2 !26-12-10, leaflet !26-12-10', '2. Phòng Văn hóa và Thông tin | ']);
  });

  it('a party board of a ward, with dashes after its Roman numbers', () => {
    const text =
      'ĐẢNG ỦY PHƯỜNG NGUYỄN DU\nBAN TUYÊN GIÁO\n*\nSố 05-HD/BTG\nNguyễn Du, ngày 12 tháng 4 năm 2026\n\nHƯỚNG DẪN\ntuyên truyền kỷ niệm ngày lễ lớn\n-----\nThực hiện Hướng dẫn số 120-HD/BTGTU, ngày 05/4/2026, Ban hướng dẫn như sau:\nI- NỘI DUNG TUYÊN TRUYỀN\n1. Ý nghĩa lịch sử.\n2. Thành tựu của địa phương.\nII- HÌNH THỨC\nTrên hệ thống truyền thanh, trang thông tin điện tử.\nIII- THỜI GIAN\nTừ ngày 20/4 đến hết ngày 05/5/2026.\nIV- TỔ CHỨC THỰC HIỆN\n1. Công chức văn hóa - xã hội phường: phát trên hệ thống truyền thanh ngày 2 buổi.\n2. Các chi bộ: phổ biến đến từng hộ gia đình.\nNơi nhận:\n- Các chi bộ,\n- Lưu BTG.';
    expect(orders(text)).toEqual([
      '1.  | web 26-04-20..26-05-05',
      '2. Công chức văn hóa - xã hội phường | ward 2..2 26-04-20..26-05-05',
      '3. Các chi bộ | leaflet 26-04-20..26-05-05',
    ]);
  });
});
