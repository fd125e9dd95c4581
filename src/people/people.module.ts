import { Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './admission/access.guard.js';
import { Activation } from './system/activation.service.js';
import { AccountsController } from './sign-in/accounts.controller.js';
import { Accounts } from './accounts/accounts.service.js';
import { Admission } from './admission/admission.service.js';
import { Audit } from './audit/audit.js';
import { AuditLog } from './audit/audit-log.service.js';
import { AuditKeyCheck } from './audit/audit-key-check.js';
import { AuditSeal } from './audit/audit-seal.js';
import { AuditController } from './audit/audit.controller.js';
import { ClockApproval } from './system/clock-approval.service.js';
import { ClockController } from './system/clock.controller.js';
import { Csrf } from './sign-in/csrf.js';
import { Idempotency } from './admission/idempotency.service.js';
import { IdempotencyInterceptor } from './admission/idempotency.interceptor.js';
import { HouseController } from './system/house.controller.js';
import { KnownOrigins } from './sign-in/known-origins.service.js';
import { EnrolmentCodes } from './sign-in/enrolment-codes.service.js';
import { OwnPassword } from './sign-in/own-password.service.js';
import { Passwords } from './accounts/passwords.js';
import { RequestOrigins } from './sign-in/request-origins.js';
import { SecondFactorService } from './sign-in/second-factor.service.js';
import { SecondPerson } from './sign-in/second-person.service.js';
import { SecondPersonController } from './sign-in/second-person.controller.js';
import { SecurityController } from './sign-in/security.controller.js';
import { SecretBox } from './accounts/secret-box.js';
import { SessionCookie } from './sign-in/session-cookie.js';
import { SessionController } from './sign-in/session.controller.js';
import { Sessions } from './sign-in/sessions.service.js';
import { SetupSecrets } from './sign-in/setup-secrets.service.js';
import { Throttle } from './sign-in/throttle.service.js';
import { Units } from './units/units.service.js';
import { WaitingPeriods } from './accounts/waiting-periods.service.js';

const services = [
  Accounts,
  Activation,
  Admission,
  Audit,
  AuditLog,
  AuditSeal,
  ClockApproval,
  Csrf,
  KnownOrigins,
  EnrolmentCodes,
  Idempotency,
  OwnPassword,
  Passwords,
  RequestOrigins,
  SecondFactorService,
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
