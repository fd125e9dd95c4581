import { DomainError } from '../../shared/domain-error.js';

export function wrongCode(): DomainError {
  return new DomainError(
    'invalid',
    'wrong-code',
    {
      vi: 'Mã không đúng hoặc đã dùng. Hãy đợi mã mới trên điện thoại rồi nhập lại.',
      en: 'The code is wrong or was used. Wait for the next one and try again.',
    },
    { field: 'code' },
  );
}

export function enrolmentCodeNeeded(): DomainError {
  return new DomainError(
    'forbidden',
    'enrolment-code-needed',
    {
      vi: 'Cần mã cài đặt dùng một lần do quản trị hoặc một lãnh đạo duyệt khác cấp.',
      en: 'An enrolment code is needed; an administrator or another approver issues it.',
    },
    { field: 'enrolmentCode' },
  );
}

export function wrongEnrolmentCode(): DomainError {
  return new DomainError(
    'invalid',
    'wrong-enrolment-code',
    {
      vi: 'Mã cài đặt không đúng, đã dùng hoặc quá 24 giờ. Hãy xin mã mới.',
      en: 'The enrolment code is wrong, was used or is older than 24 hours. Ask for a new one.',
    },
    { field: 'enrolmentCode' },
  );
}
