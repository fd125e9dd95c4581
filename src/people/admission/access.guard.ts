import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { requireAdmitted } from './admission.service.js';
import { Csrf } from '../sign-in/csrf.js';

/** Runs after the body is read: passes requests that `Admission` has admitted, once the form's token is right. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly csrf: Csrf) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    requireAdmitted(request);
    this.csrf.checkForm(request);
    return true;
  }
}
