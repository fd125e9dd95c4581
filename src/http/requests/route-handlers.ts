import type { Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';

/** The controller method that answers a route, and the class that carries its other decorators. */
export interface RouteHandler {
  controller: Type;
  handler: (...args: never[]) => unknown;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Undefined for routes without a controller: static files and the API documentation. */
    loa?: RouteHandler;
  }
}

/**
 * Attaches to every route its handler, so that a hook can read, before the body, the same decorators that a guard reads
 * after it. Call it before the application is initialised. Throws when two controllers share a handler, since the
 * decorators of both classes would then apply to one route.
 */
export function nameHandlers(app: NestFastifyApplication): void {
  const scanner = new MetadataScanner();
  const owners = new Map<object, Type>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as Type;
      const methods = controller.prototype as Record<string, RouteHandler['handler']>;
      for (const name of scanner.getAllMethodNames(methods)) {
        const handler = methods[name];
        if (!handler || !Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
        if ((owners.get(handler) ?? controller) !== controller)
          throw new Error(`${controller.name}.${name} is a route of two controllers`);
        owners.set(handler, controller);
        RouteConfig({ loa: { controller, handler } })(methods, name, { value: handler });
      }
    }
  }
}
