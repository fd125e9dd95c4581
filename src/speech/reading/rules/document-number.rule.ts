import { integerWords, digitWords } from '../words/integer-words.js';
import { spell } from '../words/letter-names.js';
import { joinedCapitals } from '../lexicon/joined-capitals.js';
import { isKindOfDocument, issuerCodeWords } from '../words/issuer-codes.js';
import {
  behind,
  endOf,
  sticky,
  stickyAnyCase,
  type Found,
  type Rule,
  type RuleContext,
} from '../words/rule-context.js';

const GROUP = String.raw`(?:\p{Lu}[\p{Lu}]*(?:đ\p{Lu}+|g|r|r\.?)?\d{0,2})`;
const CODE = String.raw`${GROUP}(?:\s?[-&/]\s?${GROUP}){0,5}(?![\p{L}\p{N}])`;
/** 1871/UBND-VHTT, 49/2024/NĐ-CP, 131-KH/TU, 12a/2021/QH14; spaces around the first slash are allowed. */
const numbered = sticky(String.raw`(\d{1,5})([a-c]?)\.?\s?(?:([/-])\s?((?:19|20)\d{2})\s?)?([/-])\s?(${CODE})`);
/** A draft without its number: '  /KH-UBND'. */
const unnumbered = sticky(String.raw`\/\s?(${CODE})`);
const codeOnly = sticky(String.raw`(${GROUP}(?:-${GROUP}){1,5})(?![\p{L}\p{N}])`);

export const documentNumberRule: Rule = {
  name: 'document-number',
  pattern: numbered,
  say(match, context) {
    const [, number = '', letter = '', yearMark, year, mark = '', code = ''] = match;
    const before = behind(context, match.index);
    if (!isDocumentCode(code, mark, before) && !isDashedNumber(code, mark, before, year !== undefined))
      return undefined;
    const slash = slashWord(context);
    const said = [numberOfPaper(number, context), letter && spell(letter)];
    const dashesOnly = mark === '-' && !code.includes('/');
    if (year) said.push(yearMark === '/' || dashesOnly ? slash : '', integerWords(year, context.settings));
    const { words, known } = codeWords(code, context, match);
    said.push(mark === '/' || dashesOnly ? slash : '', words);
    return { end: endOf(match), spoken: join(said), ...(known ? {} : { warn: 'unknown-capitals' as const }) };
  },
};

/** NĐ168/2024, QĐ15/UBND: the kind of document joined to its number. */
export const gluedKindRule: Rule = {
  name: 'document-number',
  pattern: sticky(String.raw`(\p{Lu}{2,3})(?=\d{1,5}(?:\/|-\p{Lu}))`),
  say: (match) => (isKindOfDocument(match[1] ?? '') ? issuerCodeWords(match[1] ?? '') : undefined),
};

/** Theo CT16, căn cứ nđ100: a document cited by kind and number in one token. */
export const namedPaperRule: Rule = {
  name: 'document-number',
  pattern: stickyAnyCase(String.raw`(nđ|ct|nq|qđ|tt|kh|cv)(?=\d{1,4}(?![\p{L}\p{N}]))`),
  say: (match, context) =>
    /(?:theo|căn cứ|thực hiện|tinh thần|quy định của|quy định tại|triển khai|chấp hành)\s$/.test(
      behind(context, match.index),
    )
      ? issuerCodeWords((match[1] ?? '').toUpperCase())
      : undefined,
};

/** Nghị định 120/2013: a document cited by number and year only. */
export const paperOfYearRule: Rule = {
  name: 'document-number',
  pattern: sticky(String.raw`(\d{1,5})\/((?:19|20)\d{2})(?![\p{L}\p{N}/]|[-.,]\d)`),
  say: (match, context) =>
    /(?:nghị định|nđ|thông tư|tt|nghị quyết|nq|quyết định|qđ|luật|chỉ thị|ct|pháp lệnh)(?:\s(?:liên tịch|số))*\s*:?\s*$/.test(
      behind(context, match.index),
    )
      ? join([
          numberOfPaper(match[1] ?? '', context),
          slashWord(context),
          integerWords(match[2] ?? '', context.settings),
        ])
      : undefined,
};

/** 1871 as a number; 05 with its leading zero, as announcers cite a document ("Chỉ thị không năm"). */
function numberOfPaper(number: string, context: RuleContext): string {
  return number.startsWith('0') ? digitWords(number) : integerWords(number, context.settings);
}

/** Chỉ thị 05, Nghị quyết số 02: a document number with a leading zero and no amount ("05 hộ") after it. */
export const noughtOfPaperRule: Rule = {
  name: 'document-number',
  pattern: sticky(String.raw`0\d{1,3}(?![\p{L}\p{N}%/]|[-.,]\d|\s?(?:năm|người|hộ|bản|trang|lần|ngày|tháng)(?!\p{L}))`),
  say: (match, context) =>
    /(?:nghị định|nđ|thông tư|nghị quyết|nq|chỉ thị|luật|đề án|(?:quyết định|công văn|công điện|kế hoạch|hướng dẫn|thông báo|tờ trình)\s+số)(?:\s+(?:liên tịch|số))*\s*:?\s*$/.test(
      behind(context, match.index),
    )
      ? digitWords(match[0])
      : undefined,
};

/** A document code without a preceding number. */
export const documentCodeRules: readonly Rule[] = [
  {
    name: 'document-number',
    pattern: codeOnly,
    say(match, context) {
      const { words, known } = codeWords(match[1] ?? '', context, match);
      return known ? { end: endOf(match), spoken: words } : undefined;
    },
  },
];
export const draftNumberRule: Rule = {
  name: 'document-number',
  pattern: unnumbered,
  say(match, context): Found | undefined {
    if (!/(?:số|ngày|\.\.|…|_)[\s:]*$/.test(behind(context, match.index))) return undefined;
    const { words } = codeWords(match[1] ?? '', context, match);
    return { end: endOf(match), spoken: join([slashWord(context), words]) };
  },
};

/** '12/A' or '5-B' can be a house or a lot; two letters, a known office or a word like 'số' indicate a document. */
function isDocumentCode(code: string, mark: string, before: string): boolean {
  const groups = code.split(/[-&/]/);
  if (groups.length === 1 && groups[0] !== undefined && /^\p{Lu}\d*$/u.test(groups[0])) return false;
  if (mark === '/') return true;
  return code.includes('/') && (issuerCodeWords(groups[0] ?? '') !== undefined || /số\s*:?\s*$/.test(before));
}

/** 302-2016-TT-BTC, số 15-KH-UBND: dashes in the place of every slash, before a kind of document and its office. */
function isDashedNumber(code: string, mark: string, before: string, hasYear: boolean): boolean {
  const [kind = '', office = ''] = code.split(/\s?-\s?/);
  if (mark !== '-' || code.includes('/') || office.length < 2) return false;
  if (isKindOfDocument(kind) && hasYear) return true;
  return issuerCodeWords(kind) !== undefined && paperBefore.test(before);
}
const paperBefore =
  /(?:số|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|kế hoạch|công văn|thông báo|hướng dẫn|báo cáo|tờ trình|công điện|giấy mời|văn bản)\s*:?\s*$/;

function codeWords(code: string, context: RuleContext, match: RegExpExecArray): { words: string; known: boolean } {
  let known = true;
  const groups = code
    .split(/\s?([-/])\s?/)
    .flatMap((piece) => (issuerCodeWords(piece) ? [piece] : piece.split(/\s?(&)\s?/)));
  // A pause between an office and its drafting office; none between a kind of document and its office (NĐ-CP).
  const hyphen = isKindOfDocument(groups[0] ?? '') ? '' : ',';
  const said = groups.map((piece, index) => {
    if (piece === '/') return slashWord(context);
    if (piece === '&') return 'và';
    if (piece === '-') return hyphen;
    const words = piece === 'TU' && ofCity(match, context) ? 'thành ủy' : inPlace(piece, index, groups, context);
    if (words === undefined) known = false;
    return words ?? spell(piece.replace(/\d/g, '')) ?? '';
  });
  return { words: join(said), known };
}

/** TU is the committee of a province, or of a city where the text mentions its Thành ủy. */
function ofCity(match: RegExpExecArray, context: RuleContext): boolean {
  const around = context.lower.slice(Math.max(0, match.index - 100), endOf(match) + 100);
  return around.includes('thành ủy') && !around.includes('tỉnh ủy');
}

/** The meaning of ĐT after another abbreviation: KTHT&ĐT, PGD&ĐT, SKH&ĐT. */
const afterAnd: Readonly<Record<string, string>> = { HT: 'đô thị', GD: 'đào tạo', KH: 'đầu tư' };

/**
 * Meanings after another group: CT is the chairman who signs (12/QĐ-CT), not a directive; TM is advisory work, no
 * letter of invitation; CC (enforcement) and XP (penalty) name the matter of the order; L before CTN is an order.
 */
function inPlace(piece: string, index: number, groups: readonly string[], context: RuleContext): string | undefined {
  if (piece === 'CT' && index > 0) return 'chủ tịch';
  if (piece === 'CC' && /^(?:QĐ|KH|BB|TB)$/.test(index > 0 ? (groups[0] ?? '') : '')) return 'cưỡng chế';
  if (piece === 'XP' && index > 0) return 'xử phạt';
  if (piece === 'TM' && index > 0) return 'tham mưu';
  if (piece === 'ĐT' && groups[index - 1] === '&') return afterAnd[(groups[index - 2] ?? '').slice(-2)];
  if (piece === 'L' && groups[index + 2] === 'CTN') return 'lệnh';
  return groupWords(piece, context);
}

function groupWords(group: string, context: RuleContext): string | undefined {
  const whole = issuerCodeWords(group);
  if (whole !== undefined) return whole;
  const parts = /^(\p{L}+)(\d+)$/u.exec(group);
  if (parts === null) return officeAtLarge(group, context);
  // PC04, PA05, PX03: departments of a province's police, cited by letters and number.
  if (/^P[ACKVX]\d{2}$/.test(group)) return `${spell(parts[1] ?? '') ?? ''} ${digitWords(parts[2] ?? '')}`;
  const letters = issuerCodeWords(parts[1] ?? '');
  return letters === undefined ? undefined : `${letters} ${integerWords(parts[2] ?? '', context.settings)}`;
}

/**
 * Offices that are not in the table of document codes: those in the lexicons, and PKT, the department ('phòng') of a
 * known name.
 */
function officeAtLarge(group: string, context: RuleContext): string | undefined {
  if (group.length < 3) return undefined;
  const known = context.lexicon.alone(group, group.toLowerCase());
  if (known !== undefined) return known;
  const room = group.startsWith('P')
    ? (issuerCodeWords(group.slice(1)) ?? context.lexicon.alone(group.slice(1), group.slice(1).toLowerCase()))
    : undefined;
  return room === undefined ? joinedCapitals(group, context.lexicon) : `phòng ${room}`;
}

function slashWord(context: RuleContext): string {
  return context.settings.documentSlash === 'pause' ? ',' : context.settings.documentSlash;
}

function join(said: readonly (string | undefined)[]): string {
  return said.filter(Boolean).join(' ').replace(/ ,/g, ',');
}
