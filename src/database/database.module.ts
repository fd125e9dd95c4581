import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from './database.js';
import { Events } from './events.js';
import { FreeSpace } from './disk/free-space.js';
import { HouseKeys } from './house-keys.js';
import { Reserve } from './disk/reserve.js';

@Global()
@Module({
  providers: [
    {
      provide: Database,
      inject: [Config],
      // Opens the database before any other provider is made, so that every start-up step may query it.
      useFactory: async (config: Config) => {
        const database = new Database(config);
        await database.open();
        return database;
      },
    },
    Events,
    FreeSpace,
    HouseKeys,
    Reserve,
  ],
  exports: [Database, Events, FreeSpace, HouseKeys, Reserve],
})
export class DatabaseModule {}
