import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '../../shared/domain-error.js';

const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
  'insufficient-storage': 507,
};

/** The shape of every error answer of the JSON API. */
export interface ErrorBody {
  code: string;
  /** Vietnamese, for a person. */
  message: string;
  messageEn: string;
  details?: Readonly<Record<string, unknown>>;
  /** For the administrator, of an unexpected error: the log has a line with it. */
  requestId?: string;
}

const plain: Record<number, ErrorBody> = {
  400: { code: 'malformed', message: 'Yêu cầu không đúng dạng.', messageEn: 'Malformed request.' },
  401: { code: 'unauthenticated', message: 'Cần đăng nhập.', messageEn: 'Sign in first.' },
  403: { code: 'forbidden', message: 'Bạn không có quyền làm việc này.', messageEn: 'You may not do this.' },
  404: { code: 'not-found', message: 'Không tìm thấy nội dung này.', messageEn: 'Not found.' },
  405: { code: 'method-not-allowed', message: 'Cách gọi này không được dùng ở đây.', messageEn: 'Method not allowed.' },
  413: { code: 'too-large', message: 'Nội dung gửi lên quá lớn.', messageEn: 'The request is too large.' },
  429: {
    code: 'too-many',
    message: 'Gửi yêu cầu quá nhiều lần. Xin đợi một lát rồi thử lại.',
    messageEn: 'Too many requests. Wait a little and try again.',
  },
  415: { code: 'media-type', message: 'Loại nội dung này không được nhận.', messageEn: 'Unsupported media type.' },
};

const unexpected: ErrorBody = {
  code: 'unexpected',
  message:
    'Hệ thống gặp lỗi. Xin tải lại trang để xem việc vừa làm đã được lưu chưa rồi mới làm lại; nếu vẫn lỗi thì báo quản trị.',
  messageEn:
    'Something went wrong. Look whether your change was saved before you try again, or tell the administrator.',
};

/** For a 429 without a known end. */
const RETRY_SECONDS = 60;

export interface ErrorAnswer {
  status: number;
  body: ErrorBody;
  /** Additional headers of the answer: a 429, and a 503 with a known end, have Retry-After. */
  headers: Readonly<Record<string, string>>;
  /** False: the error is unexpected and goes to the log. */
  expected: boolean;
}

/**
 * Converts any thrown value to a status and a body. Details of an unexpected error go to the log only. `bodyLimit`: the
 * maximum number of bytes of the route, for the sentence of a 413; undefined where parts of a body have limits of their
 * own.
 */
export function errorAnswer(error: unknown, bodyLimit?: number): ErrorAnswer {
  const answer = withoutHeaders(error, bodyLimit);
  const said = answer.body.details?.['seconds'];
  const seconds = typeof said === 'number' ? said : answer.status === 429 ? RETRY_SECONDS : undefined;
  const tellsWhen = seconds !== undefined && [429, 503].includes(answer.status);
  return { ...answer, headers: tellsWhen ? { 'retry-after': String(seconds) } : {} };
}

function withoutHeaders(error: unknown, bodyLimit?: number): Omit<ErrorAnswer, 'headers'> {
  if (error instanceof DomainError) {
    const { code, sentence, details } = error;
    const body = {
      code,
      message: sentence.vi,
      messageEn: sentence.en,
      ...(Object.keys(details).length ? { details } : {}),
    };
    return { status: statusOf[error.kind], body, expected: true };
  }
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown }).statusCode;
  if (status === 413 && bodyLimit !== undefined) return { status, body: tooLarge(bodyLimit), expected: true };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const body = plain[status] ?? { code: 'refused', message: 'Yêu cầu bị từ chối.', messageEn: 'Refused.' };
    return { status, body, expected: true };
  }
  if (status === 503) {
    // A failed health check is an expected answer.
    return { status, body: { ...unexpected, code: 'unavailable' }, expected: true };
  }
  return { status: 500, body: unexpected, expected: false };
}

/** In the shape of a refused field: the whole body is wrong. */
function tooLarge(mostBytes: number): ErrorBody {
  const kB = Math.floor(mostBytes / 1024);
  const size = kB < 1024 ? `${kB} kB` : `${Math.floor(kB / 1024)} MB`;
  const problem = `larger than ${size}`;
  return {
    code: 'too-large',
    message: `Nội dung gửi lên quá lớn: mỗi lần gửi tối đa ${size}. Hãy chia thành nhiều lần.`,
    messageEn: `The request is too large: at most ${size} at once. Send it in parts.`,
    details: { fields: [{ field: '(toàn bộ)', problem }], mostBytes },
  };
}
