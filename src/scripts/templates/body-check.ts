import Handlebars from 'handlebars';
import type { Sentence } from '../../shared/domain-error.js';
import { isReservedName, variableName } from './front-matter.js';
import { printHelpers } from './print-helpers.js';
import type { TemplatePartials, Variable } from './template.js';
import * as say from './body-sentences.js';
import type { TemplateProblem } from './template-problem.js';
import { MAX_LIST_ITEMS } from './variable-values.js';

/** Nesting of blocks. A deeper template is unreadable and could exhaust the parser's stack. */
const MAX_DEPTH = 12;
/** Nesting marks in one body: blocks, else-ifs, brackets. The shipped templates have at most 20. */
const MAX_OPENINGS = 400;
const OPENING = /\{\{~?\s*(?:[#^]|else)|\(/g;
/**
 * Steps that a rendering may take (a tag, or 100 characters), with every list at its maximum length and every include
 * expanded.
 */
const MAX_STEPS = 20_000;

export interface BodyPlace {
  file: string;
  /** 1-based line of the file where `body` starts. */
  line: number;
}

export interface BodyCheck {
  problems: TemplateProblem[];
  /** Variables used by the body or by a partial it includes. */
  used: ReadonlySet<string>;
}

/** The context at one node of the walk. */
interface Spot extends BodyPlace {
  inEach: boolean;
  depth: number;
  /** Optional variables known to have a value here, because an enclosing {{#if}} tests them. */
  given: ReadonlySet<string>;
  /** Partials being expanded, outermost first. */
  within: readonly string[];
  steps: number;
}

type Meaning = { as: 'variable'; name: string; variable?: Variable } | { as: 'item' | 'index' | 'flag' };

/**
 * Walks a body's syntax tree and allows only: text, comments, declared variables, if / unless / each over a declared
 * list, print helpers, and partials by name. Everything else is a problem with its line, so a feature that Handlebars
 * adds later is not allowed by accident. `variables` undefined: a partial checked by itself, any well-formed name is
 * accepted.
 */
export function checkBody(
  body: string,
  place: BodyPlace,
  variables: ReadonlyMap<string, Variable> | undefined,
  partials: TemplatePartials,
  within: readonly string[] = [],
): BodyCheck {
  const problems: TemplateProblem[] = [];
  const used = new Set<string>();
  const parsed = new Map<string, hbs.AST.Program>();
  let steps = 0;
  const refuse = (spot: Spot, node: hbs.AST.Node | undefined, code: string, { vi, en }: Sentence) => {
    problems.push({ file: spot.file, line: spot.line + (node?.loc.start.line ?? 1) - 1, code, vi, en });
  };

  function checkText(text: string, spot: Spot): void {
    // Parsing time grows with the square of the open marks: some thousands take twenty seconds.
    if ((text.match(OPENING)?.length ?? 0) > MAX_OPENINGS)
      return refuse(spot, undefined, 'too-large', say.bodyTooLarge);
    let program = parsed.get(text);
    try {
      program ??= Handlebars.parseWithoutProcessing(text);
      parsed.set(text, program);
    } catch (error) {
      const { line, ...sentence } = say.badSyntax(error);
      problems.push({ file: spot.file, line: spot.line + line - 1, code: 'bad-handlebars', ...sentence });
      return;
    }
    checkProgram(program, spot);
  }

  function checkProgram(program: hbs.AST.Program | undefined, spot: Spot): void {
    if (!program) return;
    if (spot.depth > MAX_DEPTH) return refuse(spot, program.body[0], 'too-deep', say.tooDeep(MAX_DEPTH));
    if ((program.blockParams ?? []).length > 0) refuse(spot, program.body[0], 'not-allowed', say.noBlockParams);
    for (const node of program.body) {
      steps += spot.steps * weightOf(node);
      if (steps > MAX_STEPS) {
        if (!problems.some((p) => p.code === 'too-large')) refuse(spot, node, 'too-large', say.bodyTooLarge);
        return;
      }
      checkStatement(node, spot);
    }
  }

  function checkStatement(node: hbs.AST.Statement, spot: Spot): void {
    switch (node.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      case 'MustacheStatement':
        return checkMustache(node as hbs.AST.MustacheStatement, spot);
      case 'BlockStatement':
        return checkBlock(node as hbs.AST.BlockStatement, spot);
      case 'PartialStatement':
        return checkPartial(node as hbs.AST.PartialStatement, spot);
      default:
        // Decorators, inline partials, partial blocks.
        return refuse(spot, node, 'not-allowed', say.notAllowed);
    }
  }

  function checkMustache(node: hbs.AST.MustacheStatement, spot: Spot): void {
    if (!node.escaped) return refuse(spot, node, 'raw', say.noRaw);
    if (isPath(node.path)) {
      const helper = printHelpers.get(node.path.original);
      if (helper) return checkHelper(node, node.path.original, spot);
    }
    if (node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0) {
      return refuse(spot, node, 'unknown-helper', say.unknownHelper(nameOf(node.path)));
    }
    const meaning = meaningOf(node.path, spot);
    if (!meaning) return;
    if (meaning.as === 'index' || meaning.as === 'flag') return refuse(spot, node, 'loop-data', say.loopData);
    if (meaning.as === 'variable') {
      if (meaning.variable?.type === 'list') return refuse(spot, node, 'bare-list', say.bareList(meaning.name));
      needGiven(meaning, node, spot);
    }
  }

  function checkHelper(node: hbs.AST.MustacheStatement, name: string, spot: Spot): void {
    const helper = printHelpers.get(name);
    const [argument, word, ...more] = node.params;
    const wordFits = word === undefined || (helper?.word === true && word.type === 'StringLiteral');
    if (!helper || !argument || !wordFits || more.length > 0 || (node.hash?.pairs.length ?? 0) > 0) {
      return refuse(spot, node, 'bad-arguments', say.badArguments(name));
    }
    const meaning = meaningOf(argument, spot);
    if (!meaning) return;
    const type = meaning.as === 'variable' ? meaning.variable?.type : meaning.as;
    if (type !== undefined && !helper.accepts.some((accepted) => accepted === type)) {
      return refuse(spot, node, 'bad-arguments', say.wrongType(name, helper.accepts));
    }
    if (meaning.as === 'variable') needGiven(meaning, node, spot);
  }

  function checkBlock(node: hbs.AST.BlockStatement, spot: Spot): void {
    const block = isPath(node.path) ? node.path.original : '';
    const [condition] = node.params;
    if (block !== 'if' && block !== 'unless' && block !== 'each') {
      return refuse(spot, node, 'unknown-helper', say.unknownHelper(nameOf(node.path)));
    }
    if (!condition || node.params.length > 1 || (node.hash?.pairs.length ?? 0) > 0) {
      return refuse(spot, node, 'bad-arguments', say.badArguments(`#${block}`));
    }
    const meaning = meaningOf(condition, spot);
    if (!meaning) return;
    const inside = { ...spot, depth: spot.depth + 1 };
    const name = meaning.as === 'variable' ? meaning.name : undefined;
    const whenGiven = name === undefined ? inside : { ...inside, given: new Set([...spot.given, name]) };
    if (block === 'each') {
      const type = meaning.as === 'variable' ? (meaning.variable?.type ?? 'list') : meaning.as;
      if (spot.inEach || type !== 'list') return refuse(spot, node, 'each-needs-list', say.eachNeedsList);
      checkProgram(node.program, { ...whenGiven, inEach: true, steps: spot.steps * MAX_LIST_ITEMS });
      return checkProgram(node.inverse, inside);
    }
    if (meaning.as === 'item' || meaning.as === 'index') return refuse(spot, node, 'loop-data', say.loopData);
    checkProgram(node.program, block === 'if' ? whenGiven : inside);
    checkProgram(node.inverse, block === 'if' ? inside : whenGiven);
  }

  function checkPartial(node: hbs.AST.PartialStatement, spot: Spot): void {
    const name = isPath(node.name) ? node.name.original : String((node.name as { original?: unknown }).original ?? '');
    if (node.name.type === 'SubExpression' || node.params.length > 0 || (node.hash?.pairs.length ?? 0) > 0) {
      return refuse(spot, node, 'not-allowed', say.plainPartial);
    }
    if (spot.inEach) return refuse(spot, node, 'not-allowed', say.partialInEach);
    const partial = partials.get(name);
    if (!partial) return refuse(spot, node, 'unknown-partial', say.unknownPartial(name));
    if (spot.within.includes(name)) {
      return refuse(spot, node, 'circular-partial', say.circular([...spot.within, name]));
    }
    const within = [...spot.within, name];
    checkText(partial.body, { ...spot, file: partial.fileName, line: 1, depth: spot.depth + 1, within });
  }

  /** Resolves a path; undefined when it was refused. */
  function meaningOf(node: hbs.AST.Expression, spot: Spot): Meaning | undefined {
    if (!isPath(node)) return void refuse(spot, node, 'not-allowed', say.notAllowed);
    const [name, ...deeper] = node.parts;
    if (node.data) {
      if (spot.inEach && node.original === '@index') return { as: 'index' };
      if (spot.inEach && ['@first', '@last'].includes(node.original)) return { as: 'flag' };
      return void refuse(spot, node, 'not-allowed', say.notAllowed);
    }
    if (name === undefined) {
      if (spot.inEach && node.depth === 0) return { as: 'item' };
      return void refuse(spot, node, 'not-allowed', say.thisOutsideEach);
    }
    if (deeper.length > 0) return void refuse(spot, node, 'dotted-path', say.dottedPath(node.original));
    if (isReservedName(name)) return void refuse(spot, node, 'forbidden-name', say.forbiddenName(name));
    const variable = variables?.get(name);
    if (variables ? !variable : !variableName.test(name)) {
      return void refuse(spot, node, 'unknown-variable', say.unknownVariable(name));
    }
    if (node.depth !== (spot.inEach ? 1 : 0)) return void refuse(spot, node, 'wrong-depth', say.wrongDepth(name));
    used.add(name);
    return { as: 'variable', name, ...(variable && { variable }) };
  }

  function needGiven(meaning: { name: string; variable?: Variable }, node: hbs.AST.Node, spot: Spot): void {
    const { name, variable } = meaning;
    if (!variable || variable.required || variable.default !== undefined || spot.given.has(name)) return;
    refuse(spot, node, 'maybe-empty', say.maybeEmpty(name));
  }

  checkText(body, { ...place, inEach: false, depth: 0, given: new Set(), within, steps: 1 });
  return { problems, used };
}

function weightOf(node: hbs.AST.Statement): number {
  return node.type === 'ContentStatement' ? 1 + (node as hbs.AST.ContentStatement).value.length / 100 : 1;
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

function nameOf(node: hbs.AST.Node): string {
  return isPath(node) ? node.original : String((node as { original?: unknown }).original ?? '');
}
