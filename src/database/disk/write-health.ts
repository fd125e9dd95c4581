import { Logger } from '@nestjs/common';
import type { StorageError, StorageFault } from './storage-fault.js';

const PROBE_EVERY_MS = 2_000;

/**
 * Whether rows can be stored: unhealthy from the first write that failed for a storage fault until a probe has been
 * committed. The probe runs on a timer, so that an installation without traffic recovers too.
 */
export class WriteHealth {
  private readonly log = new Logger('Database');
  private current?: StorageFault;
  private timer?: NodeJS.Timeout;
  private probing = false;

  /** `probe` throws while writes fail. */
  constructor(private readonly probe: () => Promise<void>) {}

  /** Undefined while writes succeed. */
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
      // The fault stays until the next probe.
    } finally {
      this.probing = false;
    }
  }
}
