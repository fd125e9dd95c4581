import { HTTP_CODE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { ACCESS, type Access, BEFORE_PASSWORD } from '../requests/route-access.js';
import { LIMITED } from '../limits/limits.js';
import type { RegisteredRoute } from '../requests/registered-routes.js';
import type { RouteHandler } from '../requests/route-handlers.js';
import { type AnswerBody, answersOf, type DescribedAnswers, isFile } from './answers.js';
import { type ErrorCodes, errorsOf, type RouteFacts } from './common-errors.js';
import type { Docblock, Docblocks } from './docblocks.js';
import { type JsonSchema, JsonSchemas } from './json-schemas.js';
import { errorSchema } from './schemas.js';
import { aboutHeaders, aboutParameters, aboutStatus, aboutTags, API_DESCRIPTION } from './words.js';

type Json = Record<string, unknown>;
type HttpCode = number | undefined;

const anyText = z.string();
/** An answer with more codes is the route's own. */
const MOST_SHARED_CODES = 3;

/** A route of the application that a controller answers, with all that its decorators say. */
export interface ApiRoute extends RouteHandler {
  method: string;
  /** As the router has it: `/api/slots/:id`. */
  path: string;
  operationId: string;
  tags: readonly string[];
  answers: DescribedAnswers | undefined;
  /** When nothing else is said. */
  status: number;
  docblock: Docblock | undefined;
  errors: ErrorCodes;
  facts: RouteFacts;
  parameters: readonly RouteParameter[];
}

interface RouteParameter {
  type: RouteParamtypes;
  name: string | undefined;
  schema: z.ZodType | undefined;
}

/** The routes for programs: all that a controller answers, but for the pages. */
export function apiRoutes(routes: readonly RegisteredRoute[], docblocks: Docblocks): ApiRoute[] {
  return routes.flatMap(({ method, path, handler: route }) => {
    if (!route || Reflect.hasMetadata('swagger/apiExcludeController', route.controller)) return [];
    return [describe(method, path, route, docblocks)];
  });
}

function describe(method: string, path: string, { controller, handler }: RouteHandler, docblocks: Docblocks): ApiRoute {
  const found = <T>(key: string): T | undefined => {
    return (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as T | undefined;
  };
  const parameters = parametersOf(controller, handler.name);
  const answers = answersOf(handler);
  const facts: RouteFacts = {
    method,
    access: found<Access>(ACCESS),
    beforePassword: Reflect.hasMetadata(BEFORE_PASSWORD, handler),
    limited: Reflect.hasMetadata(LIMITED, handler),
    hasPathParameters: path.includes(':'),
    validated: parameters.some(({ schema }) => schema !== undefined),
  };
  const code = Reflect.getMetadata(HTTP_CODE_METADATA, handler) as HttpCode;
  return {
    method,
    path,
    controller,
    handler,
    operationId: operationIdOf(controller.name, handler.name),
    tags: found<string[]>('swagger/apiUseTags') ?? [],
    answers,
    status: code ?? (method === 'POST' ? 201 : 200),
    docblock: docblocks[controller.name]?.[handler.name],
    errors: errorsOf(facts, answers?.errors ?? {}),
    facts,
    parameters,
  };
}

/** `SlotsController.move` is `slotsMove`. */
function operationIdOf(controller: string, method: string): string {
  const name = controller.replace(/Controller$/, '');
  return name.charAt(0).toLowerCase() + name.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);
}

function parametersOf(controller: object, method: string): RouteParameter[] {
  type Args = Record<string, { data?: unknown; schema?: z.ZodType }>;
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Args;
  return Object.entries(args).map(([key, { data, schema }]) => {
    return { type: Number(key.split(':')[0]), name: typeof data === 'string' ? data : undefined, schema };
  });
}

/** The whole document: OpenAPI 3.1. */
export function apiDocument(routes: readonly ApiRoute[]): OpenAPIObject {
  const schemas = new JsonSchemas();
  const error = schemas.of(errorSchema, 'output');
  const errors = new ErrorResponses(error);
  const paths: Record<string, Json> = {};
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route, schemas, errors);
  }
  const used = new Set(routes.flatMap(({ tags }) => tags));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loa',
      description: API_DESCRIPTION,
      version: '1',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...used].sort().map((name) => ({ name, description: aboutTags[name] ?? name })),
    paths: paths as OpenAPIObject['paths'],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'loa', description: aboutHeaders.cookie },
        csrf: { type: 'apiKey', in: 'header', name: 'x-csrf-token', description: aboutHeaders['x-csrf-token'] },
        station: { type: 'http', scheme: 'bearer', description: 'The token of a station.' },
      },
      schemas: Object.fromEntries([...schemas.components].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        ...errors.components,
        Failure: { description: aboutStatus.other, content: { 'application/json': { schema: error } } },
      },
    },
  };
}

function operation(route: ApiRoute, schemas: JsonSchemas, errors: ErrorResponses): Json {
  const { answers, docblock, facts } = route;
  return {
    operationId: route.operationId,
    tags: route.tags,
    summary: docblock?.summary ?? route.operationId,
    description: [docblock?.description, whoMayCall(facts.access)].filter(Boolean).join('\n\n'),
    security: securityOf(facts),
    parameters: parameters(route, schemas),
    ...requestBody(route, schemas),
    responses: { ...goodAnswers(route, schemas), ...errors.of(route.errors) },
    ...(answers ? {} : { 'x-undescribed': true }),
  };
}

function whoMayCall(access: Access | undefined): string {
  if (!access) return 'Closed.';
  if (access.kind === 'roles') return `Who may call: ${access.roles.join(', ')}.`;
  return {
    public: 'Who may call: anybody.',
    'signed-in': 'Who may call: whoever is signed in.',
    station: 'Who may call: a station.',
  }[access.kind];
}

function securityOf({ access, method }: RouteFacts): Json[] {
  if (access?.kind === 'public') return [];
  if (access?.kind === 'station') return [{ station: [] }];
  return [method === 'GET' ? { session: [] } : { session: [], csrf: [] }];
}

function parameters({ path, parameters: known, facts }: ApiRoute, schemas: JsonSchemas): Json[] {
  const schemaOf = (name: string) =>
    known.find((one) => one.type === RouteParamtypes.PARAM && one.name === name)?.schema;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: aboutParameters[name] ?? name,
    schema: withoutDescription(schemas.of(schemaOf(name) ?? anyText, 'input')),
  }));
  const headers = known.flatMap(({ type, name }) => {
    if (type !== RouteParamtypes.HEADERS || name === undefined) return [];
    return [header(name)];
  });
  const person = facts.access?.kind === 'roles' || facts.access?.kind === 'signed-in';
  const once = person && facts.method === 'POST' ? [header('idempotency-key')] : [];
  return [...inPath, ...known.flatMap((one) => queryOf(one, schemas)), ...headers, ...once];
}

function header(name: string): Json {
  return { name, in: 'header', required: false, description: aboutHeaders[name] ?? name, schema: { type: 'string' } };
}

function queryOf({ type, schema }: RouteParameter, schemas: JsonSchemas): Json[] {
  if (type !== RouteParamtypes.QUERY || !schema) return [];
  const { properties = {}, required = [] } = schemas.of(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: property['description'] ?? aboutParameters[name] ?? name,
    schema: withoutDescription(property),
  }));
}

function withoutDescription({ description: _, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function requestBody({ parameters: known, answers }: ApiRoute, schemas: JsonSchemas): Json {
  if (answers?.multipart) {
    const fields = Object.entries(answers.multipart).map(([name, description]) => {
      return [name, { type: 'string', ...(name === 'file' ? { format: 'binary' } : {}), description }];
    });
    const schema = {
      type: 'object',
      required: Object.keys(answers.multipart),
      properties: Object.fromEntries(fields) as Json,
    };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  const schema = known.find(({ type }) => type === RouteParamtypes.BODY)?.schema;
  if (!schema) return {};
  const required = !schema.safeParse(undefined).success;
  return { requestBody: { required, content: { 'application/json': { schema: schemas.of(schema, 'input') } } } };
}

function goodAnswers({ answers, status, facts }: ApiRoute, schemas: JsonSchemas): Json {
  const said = answers?.bodies ?? [{ status: undefined, body: null }];
  const bodies = answers?.headers['ETag'] && facts.method === 'GET' ? [...said, { status: 304, body: null }] : said;
  return Object.fromEntries(
    bodies.map((one) => {
      const code = one.status ?? status;
      const content = contentOf(one.body, answers?.example, schemas);
      return [code, { description: aboutStatus[code] ?? 'Done.', ...headersOf(answers), ...content }];
    }),
  );
}

function headersOf(answers: DescribedAnswers | undefined): Json {
  const headers = Object.entries(answers?.headers ?? {});
  if (headers.length === 0) return {};
  const shown = headers.map(([name, description]) => [name, { description, schema: { type: 'string' } }]);
  return { headers: Object.fromEntries(shown) as Json };
}

function contentOf(body: AnswerBody, example: unknown, schemas: JsonSchemas): Json {
  if (body === null) return {};
  if (isFile(body)) {
    const files = body.mediaTypes.map((type) => [type, fileContent(type)]);
    const json = body.json ? [['application/json', { schema: schemas.of(body.json, 'output') }]] : [];
    return { content: Object.fromEntries([...json, ...files]) as Json };
  }
  const schema = schemas.of(body, 'output');
  return { content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
}

/** Binary bytes have no schema in OpenAPI 3.1. */
function fileContent(type: string): Json {
  return /^text\/|[/+]xml|[/+]json|mpegurl/.test(type)
    ? { schema: { type: 'string' } }
    : { schema: { type: 'string', format: 'binary' } };
}

/** Errors that several routes share, by status and codes: `404-not-found`. */
class ErrorResponses {
  readonly components: Record<string, Json> = {};

  constructor(private readonly error: JsonSchema) {}

  of(errors: ErrorCodes): Json {
    const answers = [...errors].map(([status, codes]) => {
      const answer = this.answer(status, [...codes]);
      if (codes.size > MOST_SHARED_CODES) return [status, answer];
      const name = [status, ...codes].join('-');
      this.components[name] = answer;
      return [status, { $ref: `#/components/responses/${name}` }];
    });
    return { ...(Object.fromEntries(answers) as Json), default: { $ref: '#/components/responses/Failure' } };
  }

  private answer(status: number, codes: readonly string[]): Json {
    const schema = { allOf: [this.error, { type: 'object', properties: { code: { type: 'string', enum: codes } } }] };
    const words = codes.map((one) => `\`${one}\``).join(', ');
    const description = `${aboutStatus[status] ?? 'Refused'}: ${words}.`;
    return { description, content: { 'application/json': { schema } } };
  }
}
