const canonical = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;
const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };

/** 'XIV' → 14; 0 for a form that is not a standard numeral. Takes capitals. */
export function romanValue(written: string): number {
  if (written === '' || !canonical.test(written)) return 0;
  let sum = 0;
  for (let i = 0; i < written.length; i++) {
    const value = values[written.charAt(i)] ?? 0;
    const next = values[written.charAt(i + 1)] ?? 0;
    sum += value < next ? -value : value;
  }
  return sum;
}
