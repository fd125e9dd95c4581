import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Activation } from './activation.service.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.service.js';
import { Admission } from './admission.service.js';
import { Audit } from './audit.js';
import { AuditBook } from './audit-book.service.js';
import { AuditKeyCheck } from './audit-key-check.js';
import { AuditSeal } from './audit-seal.js';
import { AuditController } from './audit.controller.js';
import { ClockApproval } from './clock-approval.service.js';
import { ClockController } from './clock.controller.js';
import { Csrf } from './csrf.js';
import { Idempotency } from './idempotency/idempotency.service.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { HouseController } from './house.controller.js';
import { KnownOrigins } from './known-origins.service.js';
import { EnrolmentCodes } from './enrolment-codes.service.js';
import { OwnPassword } from './own-password.service.js';
import { Passwords } from './passwords.js';
import { RequestOrigins } from './request-origins.js';
import { SecondFactor } from './second-factor.service.js';
import { SecondPerson } from './second-person.service.js';
import { SecondPersonController } from './second-person.controller.js';
import { SecurityController } from './security.controller.js';
import { SecretBox } from './secret-box.js';
import { SessionCookie } from './session-cookie.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';
import { SetupSecrets } from './setup-secrets.service.js';
import { Throttle } from './throttle.service.js';
import { Units } from './units.service.js';
import { WaitingPeriods } from './waiting-periods.service.js';

const services = [
  Accounts,
  Activation,
  Admission,
  Audit,
  AuditBook,
  AuditSeal,
  ClockApproval,
  Csrf,
  KnownOrigins,
  EnrolmentCodes,
  Idempotency,
  OwnPassword,
  Passwords,
  RequestOrigins,
  SecondFactor,
  SecondPerson,
  SecretBox,
  SessionCookie,
  Sessions,
  SetupSecrets,
  Throttle,
  Units,
  WaitingPeriods,
];

@Global()
@Module({
  controllers: [
    SessionController,
    AccountsController,
    AuditController,
    ClockController,
    HouseController,
    SecurityController,
    SecondPersonController,
  ],
  providers: [
    ...services,
    AuditKeyCheck,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
  exports: services,
})
export class PeopleModule {}
