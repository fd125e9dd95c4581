import { Injectable } from '@nestjs/common';
import type { RouteHandler } from './route-handlers.js';

export interface RegisteredRoute {
  method: string;
  /** As the router writes it: `/api/slots/:id/tick`, `/static/*`. */
  path: string;
  /** Undefined for static files and the documentation. */
  handler?: RouteHandler;
}

/** Every route of the running application, as registered with the router: controllers, static files, documentation. */
@Injectable()
export class RegisteredRoutes {
  private readonly seen = new Map<string, RegisteredRoute>();

  /** HEAD is left out where there is a GET: the router derives it from the same handler, behind the same guard. */
  get all(): RegisteredRoute[] {
    return [...this.seen.values()].filter(({ method, path }) => method !== 'HEAD' || !this.seen.has(`GET ${path}`));
  }

  add(methods: string | readonly string[], path: string, handler?: RouteHandler): void {
    for (const method of [methods].flat()) this.seen.set(`${method} ${path}`, { method, path, handler });
  }
}
