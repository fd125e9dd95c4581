import { type StandardSchemaV1 } from '@standard-schema/spec';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../../shared/domain-error.js';

/**
 * Validates every body, query and parameter that names a schema (`@Body({ schema })`). Schemas are strict zod objects:
 * a wrong type, a missing field or an extra one is 400 with the field named, before anything has happened.
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => malformed(issues),
  });
}

export function malformed(issues: readonly StandardSchemaV1.Issue[]): DomainError {
  const fields = issues.map((issue) => {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return { field: path || '(toàn bộ)', problem: issue.message };
  });
  const names = [...new Set(fields.map((one) => one.field))].join(', ');
  return new DomainError(
    'malformed',
    'malformed',
    { vi: `Dữ liệu gửi lên không đúng dạng: ${names}.`, en: `Malformed: ${names}.` },
    { fields },
  );
}
