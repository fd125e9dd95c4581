/**
 * The codes of document numbers: kinds of document (Nghị định 30/2020/NĐ-CP, phụ lục III; Quy định 66-QĐ/TW) and the
 * offices that issue or draft them.
 */
const kinds = `
NĐ nghị định|TT thông tư|TTLT thông tư liên tịch|QĐ quyết định|QC quy chế|QyĐ quy định|CT chỉ thị|NQ nghị quyết
KH kế hoạch|TB thông báo|BC báo cáo|HD hướng dẫn|TTr tờ trình|CV công văn|GM giấy mời|GGT giấy giới thiệu|BB biên bản|PA phương án|ĐA đề án
CTr chương trình|TK tờ khai|KHPH kế hoạch phối hợp|KHLT kế hoạch liên tịch|QCPH quy chế phối hợp|NQLT nghị quyết liên tịch|HDLT hướng dẫn liên tịch|CTPH chương trình phối hợp|KL kết luận|PL pháp lệnh|L luật|LCT lệnh chủ tịch
GP giấy phép|GPXD giấy phép xây dựng|GPKD giấy phép kinh doanh|GXN giấy xác nhận|GBN giấy biên nhận|TBKL thông báo kết luận|PYC phiếu yêu cầu|ĐKKD đăng ký kinh doanh|VBHN văn bản hợp nhất|CĐ công điện|TM thư mời|HĐ hợp đồng|DA dự án|TTHC thủ tục hành chính
`;
const offices = `
CP chính phủ|TTg thủ tướng|QH quốc hội|UBTVQH ủy ban thường vụ quốc hội|CTN chủ tịch nước
UBND ủy ban nhân dân|HĐND hội đồng nhân dân|TTHĐND thường trực hội đồng nhân dân|VP văn phòng|VPCP văn phòng chính phủ|VPHĐBCQG văn phòng hội đồng bầu cử quốc gia|HĐBCQG hội đồng bầu cử quốc gia|VPUB văn phòng ủy ban|TU tỉnh ủy|TW trung ương|ĐU đảng ủy|HU huyện ủy
BTV ban thường vụ|BTVTU ban thường vụ tỉnh ủy|BTG ban tuyên giáo|BTGTW ban tuyên giáo trung ương|BTGDVTW ban tuyên giáo và dân vận trung ương|BTGDVĐU ban tuyên giáo và dân vận đảng ủy|BXDĐ ban xây dựng đảng|UBKTĐU ủy ban kiểm tra đảng ủy|ĐLHT điện lực Hà Tĩnh|PCHT điện lực Hà Tĩnh|PCĐN điện lực Đà Nẵng|PCQN điện lực Quảng Nam|PCNA điện lực Nghệ An|PCQB điện lực Quảng Bình|VKSTC viện kiểm sát tối cao|VKS viện kiểm sát|BTGDVTU ban tuyên giáo và dân vận tỉnh ủy|BTGTU ban tuyên giáo tỉnh ủy|BTC bộ tài chính|BTCTW ban tổ chức trung ương|BTCTU ban tổ chức tỉnh ủy|BDV ban dân vận|UBKT ủy ban kiểm tra
MTTQ mặt trận tổ quốc|UBMTTQ ủy ban mặt trận tổ quốc|MTTW mặt trận trung ương|BTT ban thường trực|ĐTN đoàn thanh niên|HLHPN hội liên hiệp phụ nữ|HND hội nông dân|CCB cựu chiến binh|LĐLĐ liên đoàn lao động|TLĐ tổng liên đoàn
BCĐ ban chỉ đạo|TT&TT thông tin và truyền thông|GD&ĐT giáo dục và đào tạo|VH&TT văn hóa và thông tin|VHTT&DL văn hóa thể thao và du lịch|TN&MT tài nguyên và môi trường|NN&PTNT nông nghiệp và phát triển nông thôn|NN&MT nông nghiệp và môi trường|BVTV&CN bảo vệ thực vật và chăn nuôi|TTBVTV trồng trọt bảo vệ thực vật|KTNS kinh tế ngân sách|KT-NS kinh tế ngân sách|CCT chi cục thuế|CCTKV chi cục thuế khu vực|CTKV chi cục thuế khu vực|BCH ban chỉ huy|BTTTT bộ thông tin và truyền thông|BYT bộ y tế|BCA bộ công an|BQP bộ quốc phòng|BNV bộ nội vụ|BTP bộ tư pháp|BCT bộ công thương
BXD bộ xây dựng|BGTVT bộ giao thông vận tải|BTNMT bộ tài nguyên và môi trường|BNN bộ nông nghiệp|BNNPTNT bộ nông nghiệp và phát triển nông thôn|BNNMT bộ nông nghiệp và môi trường|BLĐTBXH bộ lao động thương binh và xã hội|BVHTTDL bộ văn hóa thể thao và du lịch|BKHCN bộ khoa học và công nghệ|BKHĐT bộ kế hoạch và đầu tư
BGDĐT bộ giáo dục và đào tạo|GDĐT giáo dục đào tạo|BNG bộ ngoại giao|BHXH bảo hiểm xã hội|NHNN ngân hàng nhà nước|TTCP thanh tra chính phủ|TANDTC tòa án nhân dân tối cao|VKSNDTC viện kiểm sát nhân dân tối cao|UBDT ủy ban dân tộc|TCT tổng cục thuế
STTTT sở thông tin và truyền thông|SYT sở y tế|SGDĐT sở giáo dục và đào tạo|STC sở tài chính|SNV sở nội vụ|STP sở tư pháp|SCT sở công thương|SXD sở xây dựng|SGTVT sở giao thông vận tải|STNMT sở tài nguyên và môi trường
SNN sở nông nghiệp|SNNPTNT sở nông nghiệp và phát triển nông thôn|SNNMT sở nông nghiệp và môi trường|SLĐTBXH sở lao động thương binh và xã hội|SVHTTDL sở văn hóa thể thao và du lịch|SVHTT sở văn hóa và thể thao|SKHCN sở khoa học và công nghệ|SKHĐT sở kế hoạch và đầu tư
THH tin học hóa|TTBCXB thông tin báo chí xuất bản|BCXB báo chí xuất bản|VHTT văn hóa thông tin|VHXH văn hóa xã hội|VX văn xã|NC nội chính|KT kinh tế|TH tổng hợp|NL nông lâm|XD xây dựng|GT giao thông|TNMT tài nguyên môi trường|NN nông nghiệp|NNMT nông nghiệp môi trường
LĐTBXH lao động thương binh xã hội|YT y tế|PYT phòng y tế|PC pháp chế|TTYT trung tâm y tế|DP dự phòng|MT môi trường|TCKH tài chính kế hoạch|QLĐT quản lý đô thị|HC hành chính|KTHT kinh tế hạ tầng|NV nội vụ|TP tư pháp|TTra thanh tra|VT văn thư|KSTT kiểm soát thủ tục|CCHC cải cách hành chính|CNTT công nghệ thông tin
PCTT phòng chống thiên tai|TWPCTT trung ương phòng chống thiên tai|TKCN tìm kiếm cứu nạn|PCCC phòng cháy chữa cháy|CNCH cứu nạn cứu hộ|ATGT an toàn giao thông|ANTT an ninh trật tự|CA công an|CAT công an tỉnh|CATP công an thành phố|CAP công an phường|CAX công an xã|QS quân sự|CB chi bộ|ĐB đảng bộ|TDP tổ dân phố|HLHTN hội liên hiệp thanh niên|HCTĐ hội chữ thập đỏ|HCCB hội cựu chiến binh|HNCT hội người cao tuổi|HKH hội khuyến học|NVY nghiệp vụ y|NVD nghiệp vụ dược|TCHC tổ chức hành chính|HCTH hành chính tổng hợp|BP biên phòng|TL thủy lợi|KL kiểm lâm|TS thủy sản|ĐĐ đất đai|HT hộ tịch|ĐK đăng ký|TCCB tổ chức cán bộ|TĐKT thi đua khen thưởng|KHTH kế hoạch tổng hợp|QLVH quản lý văn hóa|BCHQS ban chỉ huy quân sự|BTL bộ tư lệnh|TTVH trung tâm văn hóa|VHTTDL văn hóa thể thao du lịch
ATTP an toàn thực phẩm|VSATTP vệ sinh an toàn thực phẩm|KCB khám chữa bệnh|BVTV bảo vệ thực vật|TY thú y|CNTY chăn nuôi thú y|ĐL điện lực|ĐQLĐL đội quản lý điện lực|ĐQLĐLKV đội quản lý điện lực khu vực|ĐLKV điện lực khu vực|BQL ban quản lý|BQLDA ban quản lý dự án|HĐBC hội đồng bầu cử|UBBC ủy ban bầu cử|BTNN bộ nông nghiệp|KGVX khoa giáo văn xã|KTTH kinh tế tổng hợp|KTN kinh tế ngành|NCKSTT nội chính kiểm soát thủ tục|DVC dịch vụ công|CĐS chuyển đổi số
`;

function tableOf(text: string): ReadonlyMap<string, string> {
  const entries = text.trim().split(/[|\n]/);
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)]));
}

const kindWords = tableOf(kinds);
const words = new Map([...tableOf(offices), ...kindWords]);

/** Headings write TTg and TTr in capitals too. */
const inCapitals = new Map([...words].map(([letters, said]) => [letters.toUpperCase(), said]));

/** 'UBND' → 'ủy ban nhân dân'; undefined for a code in no table. */
export function issuerCodeWords(letters: string): string | undefined {
  return words.get(letters) ?? inCapitals.get(letters);
}

/** NĐ, QĐ, TT …: the part of a number that names the kind of document, not its issuer. */
export function isKindOfDocument(letters: string): boolean {
  return kindWords.has(letters);
}
