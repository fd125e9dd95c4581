import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

type EventClass<E extends object> = abstract new (...args: never[]) => E;
type Handler<E> = (event: E, tx: EntityManager) => Promise<void>;

/**
 * Delivers a domain event from an earlier folder to later ones inside the transaction that made it true: if a handler
 * throws, the transaction rolls back. Handlers only write rows, usually a job; they run in the order in which they were
 * added.
 */
@Injectable()
export class Events {
  private readonly handlers = new Map<unknown, Handler<object>[]>();

  on<E extends object>(event: EventClass<E>, handler: Handler<E>): void {
    const list = this.handlers.get(event) ?? [];
    list.push(handler as Handler<object>);
    this.handlers.set(event, list);
  }

  async publish(tx: EntityManager, event: object): Promise<void> {
    for (const handler of this.handlers.get(event.constructor) ?? []) await handler(event, tx);
  }
}
