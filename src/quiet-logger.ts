import { ConsoleLogger } from '@nestjs/common';

/** The framework tells every route and module at start; between those lines a person would miss the setup secret. */
const chatty = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

export class QuietLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (!chatty.has(String(rest.at(-1)))) super.log(message, ...rest);
  }
}
