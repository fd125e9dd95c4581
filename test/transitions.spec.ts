import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { type Transitions, unreachable } from '../src/shared/transitions.js';

const src = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('migrations'))
  .map((name) => join(src, name));

/** Each transition table, the initial states of a row, its entity, and the files that write its state. */
const tables: Record<string, { starts: string[]; entity: string; writers: string[] }> = {
  approvalTransitions: { starts: ['approved', 'returned'], entity: 'Approval', writers: ['void-approval.ts'] },
  campaignTransitions: { starts: ['open'], entity: 'Campaign', writers: ['transition-campaign.ts'] },
  clipTransitions: { starts: ['waiting'], entity: 'Clip', writers: ['transition-clip.ts'] },
  // The queue claims, finishes and cancels jobs with conditions in SQL, fenced by the number of the attempt.
  jobTransitions: { starts: ['waiting'], entity: 'Job', writers: [] },
  makeGoodTransitions: { starts: ['proposed', 'no-room'], entity: 'MakeGood', writers: ['transition-make-good.ts'] },
  postTransitions: { starts: ['scheduled'], entity: 'Post', writers: ['post-transitions.ts'] },
  slotTransitions: { starts: ['planned'], entity: 'Slot', writers: ['slot-outcomes.service.ts', 'slot-rows.ts'] },
  stationIdentTransitions: { starts: ['waiting'], entity: 'StationIdent', writers: ['transition-ident.ts'] },
  versionTransitions: { starts: ['draft'], entity: 'ScriptVersion', writers: ['transition-version.ts'] },
  wardDecisionTransitions: { starts: ['open'], entity: 'WardDecision', writers: ['transition-ward-decision.ts'] },
};

async function exportedTables(): Promise<Map<string, Transitions<string>>> {
  const found = new Map<string, Transitions<string>>();
  for (const path of sources.filter((one) => one.endsWith('.transitions.ts'))) {
    const module = (await import(path)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module))
      if (name.endsWith('Transitions')) found.set(name, value as Transitions<string>);
  }
  return found;
}

interface Write {
  file: string;
  entity: string;
}

/**
 * Calls of `update` that name an entity and write its `state` (of an approval: `voidedAt`), also through a constant of
 * the file.
 */
function stateWrites(path: string, text = readFileSync(path, 'utf8')): Write[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const constants = new Map<string, ts.Expression[]>();
  const writes: Write[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, [...(constants.get(node.name.text) ?? []), node.initializer]);
    ts.forEachChild(node, visit);
  };
  const writesState = (node: ts.Node, entity: string, seen: ReadonlySet<string> = new Set()): boolean => {
    const column = entity === 'Approval' ? 'voidedAt' : 'state';
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return node.name.getText() === column;
    if (ts.isObjectLiteralExpression(node)) return node.properties.some((one) => writesState(one, entity, seen));
    if (ts.isSpreadAssignment(node) || ts.isAsExpression(node)) return writesState(node.expression, entity, seen);
    if (ts.isConditionalExpression(node))
      return [node.whenTrue, node.whenFalse].some((one) => writesState(one, entity, seen));
    if (!ts.isIdentifier(node) || seen.has(node.text)) return false;
    const inner = new Set([...seen, node.text]);
    return (constants.get(node.text) ?? []).some((one) => writesState(one, entity, inner));
  };
  const find = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'update'
    ) {
      const [entity, , change] = node.arguments;
      // `createQueryBuilder().update(Entity).set(change)`: the change is the argument of the next call.
      const next =
        ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent)
          ? node.parent.parent
          : null;
      const set = change ?? next?.arguments[0];
      if (entity && set && writesState(set, entity.getText()))
        writes.push({ file: basename(path), entity: entity.getText() });
    }
    ts.forEachChild(node, find);
  };
  visit(source);
  find(source);
  return writes;
}

describe('the tables of states', () => {
  it('all are known here', async () => {
    expect([...(await exportedTables()).keys()].sort()).toEqual(Object.keys(tables));
  });

  it.each(Object.entries(tables))('%s reaches every state', async (name, { starts }) => {
    const table = (await exportedTables()).get(name);
    expect(table && unreachable(table, ...starts)).toEqual([]);
  });

  const writes = sources.flatMap((path) => stateWrites(path));
  const moved = Object.entries(tables).filter(([name]) => name !== 'jobTransitions');
  it.each(moved)('%s is asked by whatever moves a row', (name, { entity, writers }) => {
    const found = writes.filter((one) => one.entity === entity);
    expect([...new Set(found.map(({ file }) => file))]).toEqual(writers);
    for (const path of sources.filter((one) => writers.includes(basename(one))))
      expect([relative(src, path), readFileSync(path, 'utf8').includes(`move(${name}, `)]).toEqual([
        relative(src, path),
        true,
      ]);
  });

  it('a write is found in every form', () => {
    const text = `const later = { state: 'x' as const, n: 1 }; const change = cond ? { ...later } : { n: 2 };
      void tx.update(A, { id, state: 'y' }, { n: 1 }); void tx.update(B, { id }, change);
      void tx.createQueryBuilder().update(C).set({ state: 'z' }).execute(); void tx.update(D, { id }, { ...later });`;
    expect(stateWrites('x.ts', text).map(({ entity }) => entity)).toEqual(['B', 'C', 'D']);
  });
});
