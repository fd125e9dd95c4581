import { Logger } from '@nestjs/common';
import type { StorageError, StorageFault } from './storage-fault.js';

const PROBE_EVERY_MS = 2_000;

/**
 * Whether rows can be kept: from the first write that failed for the storage's sake until a probe has been committed. The
 * probe runs by itself, so that a house without visitors recovers too.
 */
export class WriteHealth {
  private readonly log = new Logger('Database');
  private current?: StorageFault;
  private timer?: NodeJS.Timeout;
  private probing = false;

  /** `probe` throws while nothing can be written. */
  constructor(private readonly probe: () => Promise<void>) {}

  /** Undefined while writes are kept. */
  get fault(): StorageFault | undefined {
    return this.current;
  }

  failed({ fault, cause }: StorageError): void {
    if (this.current !== fault) this.log.error(`Writing fails (${fault}): ${String(cause)}`);
    this.current = fault;
    this.timer ??= setInterval(() => void this.tryAgain(), PROBE_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async tryAgain(): Promise<void> {
    if (this.probing) return;
    this.probing = true;
    try {
      await this.probe();
      this.stop();
      this.current = undefined;
      this.log.warn('Writing works again');
    } catch {
      // It stays as it is until the next try.
    } finally {
      this.probing = false;
    }
  }
}
