import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../shared/clock.js';
import { Config } from './config.js';

/** Config and Clock for everyone; tests override both providers. */
@Global()
@Module({
  providers: [
    { provide: Config, useFactory: () => new Config() },
    { provide: Clock, useFactory: () => new SystemClock() },
  ],
  exports: [Config, Clock],
})
export class ConfigModule {}
