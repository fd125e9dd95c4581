import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { type Client, json } from '../support/client.js';
import { type House, openHouse, PASSWORD } from '../support/house.js';
import type { FlowSession, MainFlow } from '../support/main-flow.js';
import { instantOf, VIETNAM } from '../../src/shared/local-time.js';

const TODAY = '2026-11-24';
const root = fileURLToPath(new URL('../..', import.meta.url));
const FLOW = fileURLToPath(new URL('../typed-client/main-flow.ts', import.meta.url));
const TYPES = fileURLToPath(new URL('../typed-client/api-types.d.ts', import.meta.url));
const letter = readFileSync(new URL('../../scripts-content/letters/sample-letter.txt', import.meta.url), 'utf8');

/**
 * The main flow by a client whose types are generated from the document, on the real application with the real voice.
 */
describe('a typed client', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ at: { date: TODAY, time: '04:00' } });
  });
  afterAll(() => house.close());

  it('compiles against the document, and not when a field or a route is misspelt', async () => {
    const types = await typesOf(house);
    const flow = readFileSync(FLOW, 'utf8');
    expect(compile({ [TYPES]: types })).toEqual([]);
    const wrong = ['contentHash: seen', 'body: { text:', "'/api/campaigns'", 'seen.mayDecide', 'item.sha256'];
    for (const one of wrong) expect(flow).toContain(one);
    const misspelt = wrong.reduce((text, one) => text.replace(one, one.replace(/[a-z](?=\W*\w*$)/, 'zz')), flow);
    expect(compile({ [TYPES]: types, [FLOW]: misspelt }).length).toBeGreaterThanOrEqual(wrong.length);
  }, 120_000);

  it('takes a letter to the report', async () => {
    await house.person('editor');
    const { mainFlow } = (await import(new URL(FLOW, 'file:').href)) as { mainFlow: MainFlow };
    const result = await mainFlow({
      url: house.url,
      letter,
      editor: { username: 'editor.1', password: PASSWORD },
      approver: sessionOf(await house.person('approver')),
      admin: sessionOf(await house.person('admin')),
      drain: () => house.drain(),
      evening: () => house.clock.set(instantOf(TODAY, '22:00', VIETNAM)),
    });
    expect(result.refusal).toBe('campaign-exists');
    expect(result.slots).toBeGreaterThan(0);
    expect(result.aired).toBe(result.slots);
  }, 120_000);
});

async function typesOf(house: House): Promise<string> {
  const document = json<Parameters<typeof openapiTS>[0]>(await house.stranger().get('/api/docs-json'));
  return astToString(await openapiTS(document));
}

function sessionOf(client: Client): FlowSession {
  return { cookie: `loa=${client.cookie('loa')}`, csrfToken: client.csrfToken ?? '' };
}

/** The compiler's messages about the flow, with some files given here instead of read from the disk. */
function compile(files: Readonly<Record<string, string>>): string[] {
  const config = ts.readConfigFile(`${root}/tsconfig.json`, (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => files[path] ?? readFile(path);
  host.fileExists = (path) => path in files || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = files[path];
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([FLOW], { ...options, noEmit: true }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, file, start = 0 }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}
