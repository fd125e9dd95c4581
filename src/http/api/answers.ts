import type { z } from 'zod';

const ANSWERS = 'loa:answers';

/** What is no JSON: sound, tables, calendars. */
export interface FileAnswer {
  /** One of these, by the extension or the query that was asked for. */
  mediaTypes: readonly string[];
  /** What the JSON among them says; see `exactly`. */
  json?: z.ZodType;
}

/** Null: the answer has no body. */
export type AnswerBody = z.ZodType | FileAnswer | null;

/** The statuses of errors that a route names itself; what every route may answer stands in `common-errors.ts`. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 416 | 422 | 429 | 503;

/** The codes of a status: `{ 409: ['campaign-exists'], 422: 'bad-period' }`. */
export type DeclaredErrors = Partial<Record<ErrorStatus, string | readonly string[]>>;

export interface AnswersOptions<Example> {
  /** Beside those that follow from the access, the body and the path: see `common-errors.ts`. */
  errors?: DeclaredErrors;
  /** One answer as it may come. */
  example?: Example;
  /** Headers of the answer that a caller may use: `{ ETag: 'The version of the slot.' }`. */
  headers?: Readonly<Record<string, string>>;
  /** The route takes a multipart form: its fields, of which `file` is bytes. */
  multipart?: Readonly<Record<string, string>>;
}

/** How a handler answers, as the decorator has it; the status of undefined is that of the route. */
export interface DescribedAnswers {
  bodies: readonly { status: number | undefined; body: AnswerBody }[];
  errors: DeclaredErrors;
  example: unknown;
  headers: Readonly<Record<string, string>>;
  multipart: Readonly<Record<string, string>> | undefined;
}

declare const _absent: unique symbol;
/** A value as JSON has it, so that two types are equal when their JSON is: order, `readonly` and `?` against `| undefined` do not count. */
type Json<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer E)[]
    ? Json<E>[]
    : T extends object
      ? {
          [K in keyof T as [Exclude<T[K], undefined>] extends [never] ? never : K]-?: undefined extends T[K]
            ? Json<Exclude<T[K], undefined>> | typeof _absent
            : Json<T[K]>;
        }
      : T;

/** A handler that answers by itself (`reply.send`) is checked only when it runs, in the tests. */
type Sends<O, R> = [R] extends [void]
  ? unknown
  : unknown extends O
    ? unknown
    : [Json<R>] extends [Json<O>]
      ? [Json<O>] extends [Json<R>]
        ? unknown
        : { described: O; answered: R }
      : { described: O; answered: R };

type Describes<O> = <F extends (...args: never[]) => unknown>(
  target: object,
  key: string,
  descriptor: TypedPropertyDescriptor<F> & Sends<O, Awaited<ReturnType<F>>>,
) => void;

type Output<A> = A extends z.ZodType ? z.output<A> : A extends null ? undefined : unknown;

/**
 * Describes how a handler answers, for the document of the API. The compiler holds the schema and what the handler returns to each
 * other, in both directions; in the tests every answer is checked against the schema, and every error against the declared codes.
 *
 *     @Answers(campaign, { errors: { 409: 'campaign-exists' } })           JSON, with the status of the route
 *     @Answers(null)                                                       204
 *     @Answers(file('text/csv'))                                           bytes
 *     @Answers({ 201: placedSlot, 202: wardDecides })                      by status
 *
 * Summary and description of the route are the handler's docblock: the first sentence, and the rest.
 */
export function Answers<S extends z.ZodType>(schema: S, options?: AnswersOptions<z.input<S>>): Describes<z.output<S>>;
export function Answers(none: null, options?: AnswersOptions<never>): Describes<void>;
export function Answers(file: FileAnswer, options?: AnswersOptions<never>): Describes<unknown>;
export function Answers<const M extends Readonly<Record<number, AnswerBody>>>(
  byStatus: M,
  options?: AnswersOptions<unknown>,
): Describes<Output<M[keyof M]>>;
export function Answers(
  answer: AnswerBody | Readonly<Record<number, AnswerBody>>,
  { errors = {}, example, headers = {}, multipart }: AnswersOptions<unknown> = {},
): Describes<never> {
  const bodies = isBody(answer)
    ? [{ status: undefined, body: answer }]
    : Object.entries(answer).map(([status, body]) => ({ status: Number(status), body }));
  const described: DescribedAnswers = { bodies, errors, example, headers, multipart };
  return (_target, _key, { value }) => {
    if (value) Reflect.defineMetadata(ANSWERS, described, value);
  };
}

export function file(...mediaTypes: string[]): FileAnswer {
  return { mediaTypes };
}

/** JSON that the handler sends by itself, as bytes, and the other types that the route has. */
export function sent(json: z.ZodType, ...mediaTypes: string[]): FileAnswer {
  return { mediaTypes, json };
}

/** For JSON that no handler returns: holds a schema to the type that is written, in both directions. */
export function exactly<T>() {
  return <S extends z.ZodType>(schema: S & Sends<T, z.output<S>>): S => schema;
}

export function isFile(body: AnswerBody): body is FileAnswer {
  return body !== null && 'mediaTypes' in body;
}

/** Undefined for a handler that says nothing. */
export function answersOf(handler: object): DescribedAnswers | undefined {
  return Reflect.getMetadata(ANSWERS, handler) as DescribedAnswers | undefined;
}

function isBody(answer: AnswerBody | Readonly<Record<number, AnswerBody>>): answer is AnswerBody {
  return answer === null || 'mediaTypes' in answer || '_zod' in answer;
}
