import { inspect } from 'node:util';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Clock } from './shared/clock.js';
import { type LogFields, logFields } from './shared/context.js';

/** The framework logs every route and module at start; a reader would overlook the setup secret between those lines. */
const chatty = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

export interface LogOptions {
  levels: LogLevel[];
  /** `json`: one object a line. `text`: for people, the fields after the sentence as `name=value`. */
  format: 'json' | 'text';
  clock: Clock;
  /** Receives the lines of `json`. */
  write: (line: string) => void;
}

/** The one log. `log.warn(sentence, fields)` adds the fields of the current request or job by itself. */
export class QuietLogger extends ConsoleLogger {
  constructor(private readonly how: LogOptions) {
    super({ logLevels: how.levels, json: false, forceConsole: true });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!chatty.has(String(rest.at(-1)))) this.tell('log', message, rest);
  }

  override warn(message: unknown, ...rest: unknown[]): void {
    this.tell('warn', message, rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    this.tell('error', message, rest);
  }

  override fatal(message: unknown, ...rest: unknown[]): void {
    this.tell('fatal', message, rest);
  }

  override debug(message: unknown, ...rest: unknown[]): void {
    this.tell('debug', message, rest);
  }

  override verbose(message: unknown, ...rest: unknown[]): void {
    this.tell('verbose', message, rest);
  }

  private tell(level: LogLevel, message: unknown, rest: readonly unknown[]): void {
    if (!this.isLevelEnabled(level)) return;
    const texts = rest.filter((one) => typeof one === 'string');
    const context = texts.at(-1) ?? '';
    const stack = texts.length > 1 && texts[0] !== '' ? texts[0] : undefined;
    const fields = { ...logFields(), ...rest.find(areFields) };
    const sentence = textOf(message);
    if (this.how.format === 'json') {
      const time = new Date(this.how.clock.now()).toISOString();
      this.how.write(`${JSON.stringify({ time, level, context, message: sentence, ...fields, stack })}\n`);
      return;
    }
    const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${value ?? '-'}`);
    const line = sentence + pairs.join('');
    if (level === 'error') super.error(line, stack, context);
    else super[level](line, context);
  }
}

function areFields(one: unknown): one is LogFields {
  return typeof one === 'object' && one !== null;
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  return message instanceof Error ? (message.stack ?? String(message)) : inspect(message);
}
