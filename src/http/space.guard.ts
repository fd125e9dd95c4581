import { dirname } from 'node:path';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { FreeSpace } from '../database/disk/free-space.js';
import { StorageError } from '../database/disk/storage-fault.js';
import { USES_RESERVE } from './requests/route-access.js';

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * While the last reserve of the disk is in use, people can change nothing, except through routes marked with
 * `@UsesReserve()`: those that record what devices report, stop something, or serve the session.
 */
@Injectable()
export class SpaceGuard implements CanActivate {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly space: FreeSpace,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.database.isPostgres || HARMLESS.has(method)) return true;
    if (this.reflector.getAllAndOverride(USES_RESERVE, [context.getHandler(), context.getClass()])) return true;
    const folder = dirname(this.config.databaseUrl.slice('sqlite:'.length));
    if (await this.space.isBelow(folder, this.config.reserve.lastBytes)) throw new StorageError('full', 'not-saved');
    return true;
  }
}
