import { Column, type ColumnOptions, type ValueTransformer } from 'typeorm';

// PostgreSQL returns a bigint as text; an instant is a safe integer until the year 287396.
const asNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

/** A moment: milliseconds of UTC in a 64-bit integer, the same in SQLite and PostgreSQL. */
export function InstantColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: asNumber, ...options });
}

/** A value stored as JSON text. */
export function JsonColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'simple-json', ...options });
}

export function TextColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'text', ...options });
}

export function IntegerColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'integer', ...options });
}

export function RealColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'double precision', ...options });
}

export function BooleanColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'boolean', ...options });
}
