import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** The work of a pure function on its text, counted and not timed. */
export interface Work {
  /** Characters that searches passed, and callbacks of lists. */
  steps: number;
  /** Searches that saw a text longer than `far`. */
  far: Set<string>;
}

type Callback = (...args: unknown[]) => unknown;
const listMethods = ['find', 'findIndex', 'some', 'every', 'filter', 'map', 'flatMap', 'forEach', 'reduce'] as const;
const searches = ['indexOf', 'lastIndexOf', 'includes'] as const;

/**
 * Runs `task` and counts. A regular expression counts the characters that it passed. Repeated scans by backtracking are
 * not visible: on a text of at most `far` characters they are bounded, and on a longer one the forms that
 * `backtracksFar` lets pass do none. Every use of a regular expression goes through `exec` while that is replaced.
 */
export function countWork(task: () => unknown, far: number): Work {
  const work: Work = { steps: 0, far: new Set() };
  const exec = RegExp.prototype.exec;
  const lists = Array.prototype as unknown as Record<string, Callback>;
  const strings = String.prototype as unknown as Record<string, Callback>;
  const undo: (() => void)[] = [() => (RegExp.prototype.exec = exec)];
  RegExp.prototype.exec = function counted(this: RegExp, text: string) {
    const from = this.lastIndex;
    const match = exec.call(this, text);
    if (text.length > far) work.far.add(this.toString());
    const end = match ? match.index + match[0].length : this.sticky ? from : text.length;
    work.steps += 1 + Math.max(0, end - (this.global || this.sticky ? from : 0));
    return match;
  };
  for (const name of listMethods) {
    const own = lists[name]!;
    undo.push(() => (lists[name] = own));
    lists[name] = function counted(this: unknown, callback: unknown, ...rest: unknown[]) {
      if (typeof callback !== 'function') return own.call(this, callback, ...rest);
      const step = (...args: unknown[]): unknown => {
        work.steps++;
        return (callback as Callback)(...args);
      };
      return own.call(this, step, ...rest);
    };
  }
  for (const name of searches) {
    const own = strings[name]!;
    undo.push(() => (strings[name] = own));
    strings[name] = function counted(this: string, wanted: unknown, ...rest: unknown[]) {
      const at = own.call(this, wanted, ...rest);
      const from = typeof rest[0] === 'number' ? rest[0] : 0;
      work.steps += typeof at === 'number' && at >= from ? at - from : Math.max(0, this.length - from);
      return at;
    };
  }
  try {
    task();
  } finally {
    for (const one of undo) one();
  }
  return work;
}

/**
 * Whether a regular expression may cost more than its length on a long text: an unbounded repetition before a part that
 * can fail, so that every start inside a long run scans the run again. Patterns tried at one place only (`^`) are
 * harmless, and so are runs tried at their head only (`(?<!x)x+`, `:\s*`).
 */
export function backtracksFar(source: string): boolean {
  const [, pattern = '', flags = ''] = /^\/([^]*)\/([a-z]*)$/.exec(source) ?? [];
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, flags.includes('u'));
  return tree.alternatives.some((one) => !safe(one, flags.includes('m')));
}

function safe({ elements }: AST.Alternative, multiline: boolean): boolean {
  const [first] = elements;
  const once = first?.type === 'Assertion' && first.kind === 'start' && !multiline;
  const unbounded = elements.flatMap((element, at) => (isUnbounded(element) ? [at] : []));
  if (once) return unbounded.length <= 1 && unbounded.every((at) => isRun(elements[at]));
  return unbounded.every((at) => isRun(elements[at]) && (at === elements.length - 1 || headOnly(elements, at)));
}

/**
 * After a character that is not part of the run, or where a lookbehind excludes the run's characters, a run is scanned
 * once.
 */
function headOnly(elements: readonly AST.Element[], at: number): boolean {
  const [before, run] = [elements[at - 1], elements[at]];
  if (run?.type !== 'Quantifier') return false;
  if (before?.type === 'Character')
    return !new RegExp(`^(?:${run.element.raw})$`, 'u').test(String.fromCodePoint(before.value));
  if (before?.type !== 'Assertion' || before.kind !== 'lookbehind' || !before.negate) return false;
  return before.alternatives[0]?.raw === run.element.raw;
}

/** One character or class, repeated. */
function isRun(element: AST.Element | undefined): boolean {
  return (
    element?.type === 'Quantifier' && ['Character', 'CharacterClass', 'CharacterSet'].includes(element.element.type)
  );
}

function isUnbounded(node: AST.Element): boolean {
  if (node.type === 'Quantifier') return node.max === Infinity || isUnbounded(node.element as AST.Element);
  if ('alternatives' in node)
    return node.alternatives.some((one) => 'elements' in one && one.elements.some(isUnbounded));
  return false;
}
