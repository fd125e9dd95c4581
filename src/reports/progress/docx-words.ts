import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
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
export function body(text: string, style: RunStyle = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: 567 },
    spacing: { after: 120, line: 276 },
    children: [run(text, style)],
  });
}

export function centred(text: string, style: RunStyle = {}, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, ...more, children: [run(text, style)] });
}

/** The rule under a name or a title: a short line, drawn as the border of an empty paragraph indented on both sides. */
export function rule(indent: number): Paragraph {
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 0, after: 60, line: 60 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [],
  });
}

const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' };
export const noBorders = { top: none, bottom: none, left: none, right: none };

/** Two columns side by side without lines: the head and the foot of a paper. Widths in hundredths of the page. */
export function twoColumns(left: Paragraph[], right: Paragraph[], [a, b]: [number, number]): Table {
  const column = (children: Paragraph[], size: number) =>
    new TableCell({ children, width: { size, type: WidthType.PERCENTAGE }, borders: noBorders });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows: [new TableRow({ children: [column(left, a), column(right, b)] })],
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
