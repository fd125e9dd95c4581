import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  type IParagraphOptions,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { xmlText } from '../export/spreadsheet-cell.js';

// Helpers for administrative papers. Sizes are half-points, distances twentieths of a point (docx's own units).

export const SIZE = { small: 22, list: 24, head: 26, body: 28 } as const;

export interface RunStyle {
  bold?: boolean;
  italics?: boolean;
  size?: number;
}

export function run(text: string, style: RunStyle = {}): TextRun {
  return new TextRun({ text: xmlText(text), size: SIZE.body, ...style });
}

/**
 * A paragraph of the body: justified, first line indented by 1 cm, 6 pt below (Nghị định 30/2020, Phụ lục I, mục
 * II.6.đ).
 */
export function body(text: string, style: RunStyle = {}, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: 567 },
    spacing: { after: 120, line: 276 },
    ...more,
    children: [run(text, style)],
  });
}

/** A bold line above a part: apart from a table before it, and on the page of what follows. */
export function heading(text: string): Paragraph {
  return new Paragraph({
    keepNext: true,
    keepLines: true,
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: 567 },
    spacing: { before: 240, after: 120, line: 276 },
    children: [run(text, { bold: true })],
  });
}

export function centred(text: string, style: RunStyle = {}, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [run(text, style)] });
}

/** The rule under a name or a title: a short line, drawn as the border of an empty paragraph indented on both sides. */
export function rule(indent: number): Paragraph {
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 60, after: 60, line: 60 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  });
}

const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
export const noBorders = { top: none, bottom: none, left: none, right: none };

/** The text area of A4 with margins of 30 and 15 mm. */
const TEXT_WIDTH = convertMillimetersToTwip(165);
const noMargins = { top: 0, bottom: 0, left: 0, right: 0 };

/**
 * Two columns side by side without lines: the head and the foot of a paper. Widths in hundredths of the text, without
 * margins in the cells: quốc hiệu needs 60 of them to stay on one line. Never cut by the end of a page.
 */
export function twoColumns(left: Paragraph[], right: Paragraph[], [a, b]: [number, number]): Table {
  const widths = [a, b].map((share) => Math.round((TEXT_WIDTH * share) / 100));
  const column = (children: Paragraph[], n: number) =>
    new TableCell({
      children,
      width: { size: widths[n]!, type: WidthType.DXA },
      borders: noBorders,
      margins: noMargins,
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: noMargins,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [new TableRow({ cantSplit: true, children: [column(left, 0), column(right, 1)] })],
  });
}

export interface GridColumn {
  title: string;
  /** Hundredths of the width. */
  width: number;
  left?: boolean;
}

/** A table whose head row repeats on every page; rows are never split across pages. */
export function grid(columns: readonly GridColumn[], rows: readonly string[][]): Table {
  const cell = (text: string, column: GridColumn, head: boolean) => {
    const options: ITableCellOptions = {
      width: { size: column.width, type: WidthType.PERCENTAGE },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [
        new Paragraph({
          alignment: column.left && !head ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run(text, { size: SIZE.list, bold: head })],
        }),
      ],
    };
    return new TableCell(options);
  };
  const line = (texts: readonly string[], head: boolean) =>
    new TableRow({
      tableHeader: head,
      cantSplit: true,
      children: columns.map((column, n) => cell(texts[n] ?? '', column, head)),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      line(
        columns.map(({ title }) => title),
        true,
      ),
      ...rows.map((row) => line(row, false)),
    ],
  });
}
