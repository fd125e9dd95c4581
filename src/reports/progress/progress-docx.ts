import { PassThrough, type Readable } from 'node:stream';
import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { type LocalDate, showDate } from '../../shared/local-time.js';
import type { Agency } from './agency.js';
import { body, centred, grid, heading, rule, run, SIZE, twoColumns } from './docx-words.js';
import type { DirectiveProgress, ProgressColumn, ProgressRow } from './progress.js';
import { progressMeanings, progressNames, type ProgressState, progressStates } from './progress-state.js';
import { askedText, columnHeading, figureText, statesText } from './progress-sentences.js';

const FONT = 'Times New Roman';

/**
 * The report as a paper in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins 20/20/30/15 mm, Times New
 * Roman 14, quốc hiệu and tiêu ngữ, cơ quan, số, place and date, tên loại with trích yếu, nơi nhận and signature; page
 * numbers in the middle of the top margin from the second page. The number, the office and the name of the signer stay
 * blank until it is signed. No Word fields; all text is plain text.
 */
export function progressDocx(progress: DirectiveProgress, agency: Agency, today: LocalDate): Readable {
  const packed = Packer.toStream(progressDocument(progress, agency, today));
  const out = new PassThrough();
  packed.on('error', (error: Error) => out.destroy(error));
  return packed.pipe(out);
}

export function progressDocument(progress: DirectiveProgress, agency: Agency, today: LocalDate): Document {
  const mm = convertMillimetersToTwip;
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: SIZE.head })],
  });
  return new Document({
    creator: 'Loa',
    title: `Báo cáo ${progress.directive.number}`,
    styles: { default: { document: { run: { font: FONT, size: SIZE.body } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10) },
          },
        },
        headers: { first: new Header({ children: [] }), default: new Header({ children: [number] }) },
        children: [
          head(agency, today),
          ...title(progress),
          ...text(progress),
          new Paragraph({ keepNext: true, children: [] }),
          foot(progress, agency),
        ],
      },
    ],
  });
}

function head(agency: Agency, today: LocalDate) {
  const caps = (words: string) => words.toLocaleUpperCase('vi');
  const left = [
    ...(agency.parent ? [centred(caps(agency.parent), { size: SIZE.head })] : []),
    centred(caps(agency.name), { size: SIZE.head, bold: true }),
    rule(1200),
    centred(`Số:        /BC-${agency.mark}`, { size: SIZE.head }),
  ];
  const right = [
    centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: SIZE.head, bold: true }),
    centred('Độc lập - Tự do - Hạnh phúc', { size: SIZE.body, bold: true }),
    rule(1000),
    centred(`${agency.place || '…………'}, ${dayInWords(today)}`, { italics: true }),
  ];
  return twoColumns(left, right, [40, 60]);
}

function title({ directive }: DirectiveProgress): Paragraph[] {
  const isLetter = directive.kind === 'letter';
  const subject = directive.subject ? ` về việc ${withoutAbout(directive.subject)}` : '';
  return [
    centred('BÁO CÁO', { bold: true }, { spacing: { before: 360 } }),
    centred(
      `Kết quả thực hiện ${isLetter ? 'Văn bản số' : 'Thông báo'} ${directive.number} ngày ${showDate(directive.issuedOn)}`,
      { bold: true },
    ),
    centred(`của ${directive.issuer}${subject}`, { bold: true }),
    rule(3200),
    // An announcement has no sender to report to.
    ...(isLetter ? [centred(`Kính gửi: ${directive.issuer}`, {}, { spacing: { before: 120, after: 240 } })] : []),
  ];
}

function text(progress: DirectiveProgress) {
  const { columns, rows, states } = progress;
  const measured = columns.filter((column) => column.measured);
  const short = unitsShort(rows, 'missed');
  const late = unitsShort(rows, 'late');
  const madeUp = rows.filter(({ cells }) => cells.some((cell) => cell?.state === 'late' && cell.short === 0));
  const meanings = progressStates.filter((state) => states[state] > 0);
  return [
    heading('I. TÌNH HÌNH CHUNG'),
    body(
      `Văn bản giao ${columns.length} nhiệm vụ tuyên truyền cho ${rows.length} đơn vị. ` +
        (rows.length > 0
          ? `Tính theo từng nhiệm vụ của từng đơn vị: ${statesText(states)}.`
          : 'Chưa có đơn vị nào có kênh.'),
    ),
    ...(short.length > 0 ? [body(`Đơn vị có nhiệm vụ không đạt: ${short.join('; ')}.`)] : []),
    ...(late.length > 0 ? [body(`${late.length} đơn vị thực hiện chậm: ${late.join('; ')}.`)] : []),
    ...(madeUp.length > 0
      ? [body(`Đơn vị đã phát bù hoặc còn chờ kết quả: ${madeUp.map(({ unitName }) => unitName).join('; ')}.`)]
      : []),
    heading('II. KẾT QUẢ THEO TỪNG NHIỆM VỤ'),
    ...columns.flatMap((column, n) => [
      heading(`${n + 1}. ${columnHeading(column)}`),
      body(
        `Yêu cầu: ${askedText(column)}.${column.measured ? ` Kết quả: ${statesText(column.states) || 'chưa có'}.` : ''}`,
        {},
        { keepNext: true },
      ),
      ...(column.measured ? [table(progress, n)] : [body(progressMeanings.unmeasured)]),
    ]),
    heading('III. CĂN CỨ SỐ LIỆU'),
    body(
      measured.length > 0
        ? 'Số liệu được tính từ nhật ký phát của thiết bị, xác nhận của trực đài và các bài đăng trên trang. Số lượt phải phát tính từ ngày xếp lịch đầu tiên đến hết ngày hôm trước, theo số buổi phát thực có trong khung giờ được phép.'
        : 'Các kênh được giao do đơn vị tự báo cáo.',
    ),
    ...meanings.map((state) => body(`- ${capital(progressNames[state])}: ${progressMeanings[state]}`)),
    // On the page of the signature, which must not stand alone.
    body('Trên đây là báo cáo kết quả thực hiện./.', {}, { keepNext: true, keepLines: true }),
  ];
}

/** 'Phường Bắc Hà (28/30, thiếu 2)': units that owe plays which were possible. */
function unitsShort(rows: readonly ProgressRow[], state: ProgressState): string[] {
  return rows.flatMap(({ unitName, cells }) => {
    const figures = cells.flatMap((cell) => (cell?.state === state && cell.short > 0 ? [figureText(cell)] : []));
    return figures.length > 0 ? [`${unitName} (${figures.join('; ')})`] : [];
  });
}

function table({ rows, columns }: DirectiveProgress, n: number) {
  const column = columns[n] as ProgressColumn;
  const lines = rows.flatMap((row) => {
    const cell = row.cells[n];
    return cell ? [{ row, cell }] : [];
  });
  return grid(
    [
      { title: 'TT', width: 7 },
      { title: 'Đơn vị', width: 35, left: true },
      { title: column.minPlaysPerDay === null ? 'Yêu cầu' : 'Phải phát đến nay', width: 13 },
      { title: 'Đã xếp', width: 10 },
      { title: column.channelKind === 'fanpage' ? 'Đã đăng' : 'Đã phát', width: 10 },
      { title: 'Còn thiếu', width: 12 },
      { title: 'Kết quả', width: 13 },
    ],
    lines.map(({ row, cell }, at) => [
      String(at + 1),
      row.unitName,
      String(cell.required),
      String(cell.planned),
      String(cell.playedDue),
      String(cell.short),
      capital(progressNames[cell.state]),
    ]),
  );
}

function foot({ directive }: DirectiveProgress, agency: Agency) {
  const item = (words: string) => new Paragraph({ children: [run(words, { size: SIZE.small })] });
  const left = [
    new Paragraph({ children: [run('Nơi nhận:', { size: SIZE.list, bold: true, italics: true })] }),
    item(`- ${directive.issuer};`),
    item(`- Lưu: VT, ${agency.mark}.`),
  ];
  const right = [
    centred('QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ', { bold: true }),
    centred('(Chữ ký, dấu)', { italics: true }, { spacing: { after: 1000 } }),
    centred('Họ và tên', { bold: true }),
  ];
  return twoColumns(left, right, [40, 60]);
}

/** 'ngày 05 tháng 02 năm 2026': days below ten and the first two months have a leading zero (Phụ lục I, mục II.4). */
export function dayInWords(date: LocalDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

function withoutAbout(subject: string): string {
  const rest = subject.replace(/^\s*(v\/v|về việc)\s+/i, '').trim();
  return rest.charAt(0).toLocaleLowerCase('vi') + rest.slice(1);
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);
}
