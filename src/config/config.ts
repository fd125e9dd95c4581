import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DomainError, type Sentence } from '../shared/domain-error.js';

/** The folder that holds package.json; the same from src/ and from dist/. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(projectRoot, path));
const folder = (fallback: string) => z.string().min(1).default(fallback).transform(absolute);

const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'not an IANA time zone');

/** Both languages, as one text. */
const both = ({ vi, en }: Sentence) => `${vi}\n${en}`;
const wordsOf = (message: string, language: keyof Sentence) => {
  const [vi = '', en = vi] = message.split('\n');
  return language === 'vi' ? vi : en;
};

/**
 * A server's address: no `javascript:`, no file, and no query or fragment, which would end up in the middle of every
 * link.
 */
const address = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && !username && !password && !search && !hash;
  },
  both({
    vi: 'phải là địa chỉ bắt đầu bằng http:// hoặc https://, không kèm tên, mật khẩu, ? hay #',
    en: 'must be an address that begins with http:// or https://, without a name, a password, ? or #',
  }),
);

const environment = z.object({
  LOA_DATA_DIR: folder('data'),
  LOA_MEDIA_DIR: folder('media'),
  LOA_BACKUP_DIR: z.string().min(1).transform(absolute).optional(),
  LOA_CONTENT_DIR: folder('scripts-content'),
  LOA_DATABASE_URL: z.string().optional(),
  LOA_DATABASE_PATIENCE_SECONDS: z.coerce.number().min(1).max(600).default(15),
  LOA_HOST: z.string().default('127.0.0.1'),
  LOA_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  LOA_PUBLIC_URL: address.optional(),
  LOA_TRUST_PROXY: z.stringbool().default(false),
  LOA_TIME_ZONE: zone.default('Asia/Ho_Chi_Minh'),
  LOA_RESERVE_MB: z.coerce.number().int().min(0).max(10_000_000).default(1_000),
  LOA_UPLOAD_QUOTA_MB: z.coerce.number().int().min(1).max(10_000_000).default(2_000),
  LOA_LOCK_MINUTES: z.coerce.number().int().min(0).max(1440).default(10),
  LOA_LOG: z.enum(['text', 'json']).default('text'),
  LOA_LOG_LEVEL: z.enum(['error', 'warn', 'log', 'debug']).default('log'),
  LOA_FFMPEG: z.string().optional(),
  LOA_FFPROBE: z.string().optional(),
  LOA_ESPEAK: z.string().optional(),
  LOA_TRUST_OLD_FFMPEG: z.stringbool().default(false),
  LOA_VOICES: z.string().default('espeak'),
  LOA_ESPEAK_VOICE: z.enum(['vi', 'vi-vn-x-central', 'vi-vn-x-south']).default('vi'),
  LOA_ESPEAK_RATE: z.coerce.number().int().min(80).max(300).default(160),
  LOA_GOOGLE_TTS_URL: address.default('https://translate.google.com'),
  LOA_FPT_URL: address.default('https://api.fpt.ai/hmi/tts/v5'),
  LOA_FPT_VOICE: z.string().default('banmai'),
  LOA_FPT_KEY: z.string().optional(),
  LOA_FPT_KEY_FILE: z.string().optional(),
  LOA_SHERPA_DIR: z.string().optional(),
  LOA_GRAPH_URL: address.default('https://graph.facebook.com'),
  LOA_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v24.0'),
  LOA_PAGE_ID: z.string().regex(/^\d+$/).optional(),
  LOA_PAGE_TOKEN: z.string().optional(),
  LOA_PAGE_TOKEN_FILE: z.string().optional(),
  LOA_METRICS_TOKEN: z.string().optional(),
  LOA_METRICS_TOKEN_FILE: z.string().optional(),
  PATH: z.string().default(''),
});

/** A token of at least this many random characters cannot be guessed. */
const SHORTEST_TOKEN = 16;

/** The format of LOA_PUBLIC_URL, without a slash at the end. Throws `bad-settings` (422). */
export function publicAddress(text: string): string {
  return new Config({ LOA_PUBLIC_URL: text }).publicUrl ?? '';
}

/** Every setting of the process, read and checked once. Environment variables are named LOA_… in capitals. */
export class Config {
  readonly dataDir: string;
  readonly mediaDir: string;
  /** Where `loa backup` writes a folder for each run; should be on another disk than the database. */
  readonly backupDir: string;
  readonly contentDir: string;
  /** `sqlite:<absolute file>` or `postgres://…`. */
  readonly databaseUrl: string;
  /** How long PostgreSQL may take to answer a statement before the request is refused. */
  readonly databasePatienceMs: number;
  readonly host: string;
  readonly port: number;
  /** The public address given to stations and feeds; default: the address the server listens on. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: boolean;
  readonly timeZone: string;
  /** How long before air a slot is locked: people move it only with a reason, and the planner changes nothing. */
  readonly lockMs: number;
  /**
   * Free bytes to keep on the disks of data and media. Below `bytes` no recording and no clip is stored, so that the
   * database and emergencies have space. Below `lastBytes`, a tenth of it, no emergency either, and people can change
   * nothing, so that the database has space. Below `databaseBytes`, a quarter of that, not even reports of devices are
   * written.
   */
  readonly reserve: { readonly bytes: number; readonly lastBytes: number; readonly databaseBytes: number };
  /** Bytes of recordings that one person may have waiting or unused. */
  readonly uploadQuotaBytes: number;
  /** `json`: one object a line, for programs. */
  readonly logFormat: 'text' | 'json';
  readonly logLevel: 'error' | 'warn' | 'log' | 'debug';
  /**
   * Paths that win over PATH and over the bundled binaries. `trustOldFfmpeg`: recordings are accepted with an ffmpeg
   * from before 2022 too, which has known vulnerabilities: for operators who cannot install a current one and trust
   * those who send recordings.
   */
  readonly tools: { ffmpeg?: string; ffprobe?: string; espeak?: string; path: string; trustOldFfmpeg: boolean };
  /** `fpt.key` is a secret: never logged, never shown. `sherpaDir`: the folder of a neural voice. */
  readonly voices: {
    chain: string[];
    espeakVoice: string;
    espeakRate: number;
    googleUrl: string;
    fpt: { url: string; voice: string; key?: string };
    sherpaDir?: string;
  };
  /** Files that settings name and that hold secrets. */
  readonly secretFiles: readonly string[];
  /** `token` is a secret: never logged, never shown. */
  readonly graph: { url: string; version: string; pageId?: string; token?: string };
  /** A secret: never logged, never shown. Without it `/metrics` answers this machine only. */
  readonly metricsToken: string | undefined;

  /**
   * The demo's own installation, in the folder `<LOA_DATA_DIR>-demo`: a SQLite file, clips and backups of its own, no
   * public address and no page to post on, so that it touches nothing of the real one and runs beside it. Its stations
   * speak every minute, so its log has only problems.
   */
  static ofDemo(port?: number, env: Record<string, string | undefined> = process.env): Config {
    const folder = `${new Config(env).dataDir.replace(/[/\\]+$/, '')}-demo`;
    return new Config({
      ...env,
      LOA_DATA_DIR: folder,
      LOA_MEDIA_DIR: join(folder, 'media'),
      LOA_BACKUP_DIR: join(folder, 'backup'),
      LOA_DATABASE_URL: '',
      LOA_PUBLIC_URL: '',
      LOA_PAGE_ID: '',
      LOA_PAGE_TOKEN: '',
      LOA_PAGE_TOKEN_FILE: '',
      LOA_LOG_LEVEL: env['LOA_LOG_LEVEL'] || 'warn',
      ...(port !== undefined && { LOA_PORT: String(port) }),
    });
  }

  constructor(env: Record<string, string | undefined> = process.env) {
    const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const parsed = environment.safeParse(set);
    if (!parsed.success) {
      const problems = (language: keyof Sentence) =>
        parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${wordsOf(issue.message, language)}`);
      throw new DomainError(
        'invalid',
        'bad-settings',
        { vi: `Thiết đặt sai: ${problems('vi').join('; ')}`, en: `Wrong settings: ${problems('en').join('; ')}` },
        { problems: problems('en') },
      );
    }
    const e = parsed.data;
    this.dataDir = e.LOA_DATA_DIR;
    this.mediaDir = e.LOA_MEDIA_DIR;
    this.backupDir = e.LOA_BACKUP_DIR ?? join(dirname(this.dataDir), 'backup');
    this.contentDir = e.LOA_CONTENT_DIR;
    this.databasePatienceMs = e.LOA_DATABASE_PATIENCE_SECONDS * 1000;
    this.databaseUrl = e.LOA_DATABASE_URL ?? `sqlite:${join(this.dataDir, 'loa.sqlite')}`;
    if (!/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(this.databaseUrl)) {
      // The value may hold a password, so it is not repeated.
      throw new DomainError('invalid', 'bad-settings', {
        vi: 'LOA_DATABASE_URL phải có dạng sqlite:<tệp> hoặc postgres://…',
        en: 'LOA_DATABASE_URL must be sqlite:<file> or postgres://…',
      });
    }
    this.host = e.LOA_HOST;
    this.port = e.LOA_PORT;
    this.publicUrl = e.LOA_PUBLIC_URL?.replace(/\/+$/, '');
    this.trustProxy = e.LOA_TRUST_PROXY;
    this.timeZone = e.LOA_TIME_ZONE;
    this.lockMs = e.LOA_LOCK_MINUTES * 60_000;
    const reserve = e.LOA_RESERVE_MB * 1_000_000;
    this.reserve = { bytes: reserve, lastBytes: reserve / 10, databaseBytes: reserve / 40 };
    this.uploadQuotaBytes = e.LOA_UPLOAD_QUOTA_MB * 1_000_000;
    this.logFormat = e.LOA_LOG;
    this.logLevel = e.LOA_LOG_LEVEL;
    this.tools = {
      ffmpeg: e.LOA_FFMPEG,
      ffprobe: e.LOA_FFPROBE,
      espeak: e.LOA_ESPEAK,
      path: e.PATH,
      trustOldFfmpeg: e.LOA_TRUST_OLD_FFMPEG,
    };
    this.voices = {
      chain: e.LOA_VOICES.split(',').map((name) => name.trim()),
      espeakVoice: e.LOA_ESPEAK_VOICE,
      espeakRate: e.LOA_ESPEAK_RATE,
      googleUrl: e.LOA_GOOGLE_TTS_URL,
      fpt: {
        url: e.LOA_FPT_URL,
        voice: e.LOA_FPT_VOICE,
        key: secret(e.LOA_FPT_KEY, e.LOA_FPT_KEY_FILE),
      },
      sherpaDir: e.LOA_SHERPA_DIR,
    };
    const files = [e.LOA_FPT_KEY_FILE, e.LOA_PAGE_TOKEN_FILE, e.LOA_METRICS_TOKEN_FILE];
    this.secretFiles = files.filter((file) => file !== undefined);
    const token = secret(e.LOA_PAGE_TOKEN, e.LOA_PAGE_TOKEN_FILE);
    this.graph = { url: e.LOA_GRAPH_URL, version: e.LOA_GRAPH_VERSION, pageId: e.LOA_PAGE_ID, token };
    this.metricsToken = secret(e.LOA_METRICS_TOKEN, e.LOA_METRICS_TOKEN_FILE);
    if (this.metricsToken !== undefined && this.metricsToken.length < SHORTEST_TOKEN) {
      throw new DomainError('invalid', 'bad-settings', {
        vi: `LOA_METRICS_TOKEN phải có ít nhất ${SHORTEST_TOKEN} ký tự.`,
        en: `LOA_METRICS_TOKEN must have at least ${SHORTEST_TOKEN} characters.`,
      });
    }
  }
}

function secret(value: string | undefined, file: string | undefined): string | undefined {
  return value ?? (file === undefined ? undefined : readSecret(file));
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new DomainError(
      'invalid',
      'bad-settings',
      { vi: `Không đọc được tệp khóa ${file}.`, en: `Cannot read the secret file ${file}.` },
      {},
      { cause },
    );
  }
}
