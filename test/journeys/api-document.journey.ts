import { createConfig, lintFromString } from '@redocly/openapi-core';
import { z } from 'zod';
import { type ApiRoute, apiDocument, apiRoutes } from '../../src/http/api/api-document.js';
import { loadDocblocks } from '../../src/http/api/docblocks.js';
import { RegisteredRoutes } from '../../src/http/requests/registered-routes.js';
import { type House, openHouse } from '../support/house.js';

/** A warning about two addresses that cannot be confused: `clips` is not the code of a ward. */
const knownWarnings = ['no-ambiguous-paths #/paths/~1feeds~1clips~1{file}'];

const documentOf = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        parameters: z.array(z.object({ name: z.string(), description: z.string() })),
      }),
    ),
  ),
});

describe('the document of the API', () => {
  let house: House;
  let routes: ApiRoute[];

  beforeAll(async () => {
    house = await openHouse();
    routes = apiRoutes(house.app.get(RegisteredRoutes).all, await loadDocblocks());
  });
  afterAll(() => house.close());

  it('names every route of the application that is not a page', () => {
    const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    const all = house.app.get(RegisteredRoutes).all.filter(({ path }) => /^\/api\/(?!docs)/.test(path));
    expect(all.length).toBeGreaterThan(150);
    expect(all.map(({ method, path }) => `${method} ${path}`).filter((one) => !known.has(one))).toEqual([]);
  });

  it('says of each what it does, who may call it and what it answers', () => {
    const problems = routes.flatMap((route) => {
      const name = `${route.method} ${route.path} (${route.operationId})`;
      const { summary = '' } = route.docblock ?? {};
      const lacks = [
        !route.answers && 'describes no answers: @Answers of src/http/api',
        summary === '' && 'has no docblock',
        (summary.length > 120 || /^\d{3}\b/.test(summary)) && 'begins with no short sentence',
        !route.facts.access && 'says not who may call',
        route.tags.length === 0 && 'has no tag',
      ];
      return lacks.filter((one) => one !== false).map((lack) => `${name} ${lack}`);
    });
    expect(problems).toEqual([]);
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('describes every parameter', () => {
    const { paths } = documentOf.parse(JSON.parse(JSON.stringify(apiDocument(routes))));
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    const bare = operations.flatMap(({ operationId, parameters }) => {
      return parameters
        .filter(({ name, description }) => description === name)
        .map(({ name }) => `${operationId} ${name}`);
    });
    expect(bare).toEqual([]);
  });

  it('passes the recommended rules of Redocly', async () => {
    const source = JSON.stringify(apiDocument(routes));
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source, config });
    const found = problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`);
    expect(found.filter((one) => !knownWarnings.includes(one))).toEqual([]);
  }, 60_000);

  it('is what the running application shows', async () => {
    const answer = await house.stranger().get('/api/docs-json');
    const shown = z.object({ paths: z.record(z.string(), z.unknown()) }).parse(JSON.parse(answer.text));
    expect(shown).toEqual(
      expect.objectContaining({ paths: JSON.parse(JSON.stringify(apiDocument(routes).paths)) as unknown }),
    );
    expect((await house.stranger().get('/api/docs')).status).toBe(200);
  });
});
