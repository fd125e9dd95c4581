import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HouseKeys } from '../../database/house-keys.js';
import { AuditSeal } from './audit-seal.js';

/** Refuses a key that differs from the other servers' key: they would take the rows sealed with it for forged. */
@Injectable()
export class AuditKeyCheck implements OnModuleInit {
  constructor(
    private readonly seal: AuditSeal,
    private readonly keys: HouseKeys,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.seal.open();
    await this.keys.vouch('audit.key', this.seal.fingerprint);
  }
}
