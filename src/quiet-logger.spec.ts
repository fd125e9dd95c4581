import { Logger } from '@nestjs/common';
import { QuietLogger } from './quiet-logger.js';
import { FixedClock } from './shared/clock.js';
import { withLogFields } from './shared/context.js';

describe('the log', () => {
  const written: string[] = [];
  const logger = (format: 'json' | 'text') =>
    new QuietLogger({
      levels: ['error', 'warn', 'log'],
      format,
      clock: new FixedClock(0),
      write: (line) => void written.push(line),
    });
  beforeEach(() => void (written.length = 0));

  it('is one object a line for programs, whatever is in a sentence', () => {
    Logger.overrideLogger(logger('json'));
    const log = new Logger('Part');
    withLogFields({ requestId: 'r1' }, () => {
      log.log('two\nlines "and" quotes', { n: 1 });
      log.error('broken', 'Error: broken\n    at x');
      log.error(new Error('thrown'));
    });
    log.warn('outside');
    log.debug('not asked for');
    const time = '1970-01-01T00:00:00.000Z';
    expect(written.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time, level: 'log', context: 'Part', message: 'two\nlines "and" quotes', requestId: 'r1', n: 1 },
      { time, level: 'error', context: 'Part', message: 'broken', requestId: 'r1', stack: 'Error: broken\n    at x' },
      { time, level: 'error', context: 'Part', message: expect.stringContaining('Error: thrown\n'), requestId: 'r1' },
      { time, level: 'warn', context: 'Part', message: 'outside' },
    ]);
    expect(written.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  });

  it('is a sentence with its fields behind it for people', () => {
    const console = globalThis.console as unknown as Record<string, (text: string) => void>;
    const [log, error] = [console['log']!, console['error']!];
    const keep = (text: string) => void written.push(text);
    Object.assign(console, { log: keep, error: keep });
    try {
      logger('text').log('Request answered', { status: 200, actor: null }, 'Http');
      logger('text').error('broken', 'Error: broken\n    at x', 'Http');
    } finally {
      Object.assign(console, { log, error });
    }
    expect(written[0]).toMatch(/Http.*Request answered status=200 actor=-/);
    expect(written.slice(1).join('\n')).toMatch(/Http.*broken[^]*at x/);
  });
});
