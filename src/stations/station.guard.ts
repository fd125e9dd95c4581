import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { DomainError } from '../shared/domain-error.js';
import { forMachines } from '../database/engines/lane.js';
import { setCallerKey } from '../http/requests/caller-key.js';
import { ForStation } from '../people/access/access.js';
import { DeviceAccess } from '../people/access/device-access.js';
import { hashOfBearer } from './station-token.js';
import { CopyWatch } from './copy-watch.service.js';
import type { Station } from './station.entity.js';
import { Stations } from './stations.service.js';

const stations = new WeakMap<FastifyRequest, Station>();

/**
 * Authenticates a device by its token, while this copy of the installation is active. A missing, malformed, unknown and
 * revoked token get the same answer.
 */
@Injectable()
export class StationGuard extends DeviceAccess {
  constructor(
    private readonly stations: Stations,
    private readonly copies: CopyWatch,
  ) {
    super();
  }

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const hash = hashOfBearer(request.headers.authorization);
    const station = hash ? await forMachines(() => this.stations.byTokenHash(hash)) : null;
    if (!station) {
      reply.header('www-authenticate', 'Bearer realm="loa"');
      throw badToken();
    }
    await this.copies.meet(request, reply);
    stations.set(request, station);
    setCallerKey(request, `station:${station.id}`);
  }
}

/** Database queries of station requests run in the lane of machines. */
class MachineLane implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return new Observable((answer) => forMachines(() => next.handle().subscribe(answer)));
  }
}

/** For a controller: its routes are for devices and require a token. */
export const StationRoutes = () => applyDecorators(ForStation(), UseInterceptors(MachineLane), ApiBearerAuth());

/** The station that calls: `@Device() station: Station`. Throws on a route that is not for devices. */
export const Device = createParamDecorator((_data: unknown, context: ExecutionContext): Station => {
  const station = stations.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!station) throw badToken();
  return station;
});

export function badToken(): DomainError {
  return new DomainError('unauthenticated', 'bad-station-token', {
    vi: 'Mã trạm không đúng hoặc đã bị thu hồi. Xin báo quản trị cấp lại mã.',
    en: 'The station token is wrong or has been revoked. Ask the administrator for a new one.',
  });
}
