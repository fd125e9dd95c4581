import { access, constants, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { locateTools } from '../audio/ffmpeg/ffmpeg-copies.js';
import { addressAdvice } from '../config/address-advice.js';
import { Config } from '../config/config.js';
import { keepPrivate } from '../config/private-files.js';
import { proxyAdvice } from '../config/proxy-advice.js';
import { Database } from '../database/database.js';
import { existingFolder, measureFreeBytes } from '../database/disk/free-space.js';
import { lastBackup } from '../pages/settings/system-status.js';
import { SystemClock } from '../shared/clock.js';
import { DomainError } from '../shared/domain-error.js';
import { type LocalDate, localDateOf, showDate, showInstant, VIETNAM } from '../shared/local-time.js';
import { print, printJson } from './output.js';

const clock = new SystemClock();

const installHints = {
  'Debian, Ubuntu': 'sudo apt-get install ffmpeg espeak-ng',
  Fedora: 'sudo dnf install ffmpeg-free espeak-ng',
  macOS: 'brew install ffmpeg espeak-ng',
  Windows: 'winget install Gyan.FFmpeg eSpeak-NG.eSpeak-NG',
};

interface Finding {
  what: string;
  ok: boolean;
  detail: string;
  /** Operations that are refused because of it. */
  refused: string[];
}

/**
 * Prints which programs are used and where they come from, what is refused because of them, and how to install better
 * ones. Exits with 1 when something required is missing.
 */
export async function doctorCommand(options: { json?: boolean }): Promise<void> {
  const config = new Config();
  const findings = [
    node(),
    ...(await tools(config)),
    await port(config),
    address(config),
    ...proxy(config),
    await rights(config),
    await folder('media', config.mediaDir),
    await disk(config),
    await database(config),
    await backup(config),
    await voices(config),
  ];
  const ok = findings.every((one) => one.ok);
  if (options.json) {
    await printJson({ ok, findings, install: installHints });
  } else {
    const lines = findings.flatMap((one) => [
      `${one.ok ? '✓' : '✗'} ${one.what.padEnd(12)} ${one.detail}`,
      ...one.refused.map((text) => `  · ${text}`),
    ]);
    const hints = Object.entries(installHints).map(([system, command]) => `  ${system.padEnd(16)} ${command}`);
    await print(`${lines.join('\n')}\n\nCài bản đầy đủ của ffmpeg và espeak-ng:\n${hints.join('\n')}\n`);
  }
  if (!ok) process.exitCode = 1;
}

/** The last days on which the makers of Node mend a version (nodejs.org/en/about/previous-releases). */
const SUPPORTED_UNTIL: Readonly<Record<number, LocalDate>> = {
  20: '2026-04-30',
  22: '2027-04-30',
  24: '2028-04-30',
  26: '2029-04-30',
};
/** A backup that is older is said: the rows since then exist once. */
const OLD_BACKUP_DAYS = 7;
const PROBE_MS = 3_000;

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  const end = SUPPORTED_UNTIL[major];
  const over = end !== undefined && localDateOf(clock.now(), VIETNAM) > end;
  const refused = over ? [`Node ${major} không còn được vá lỗi từ ${showDate(end)}. Hãy cài Node 24.`] : [];
  return { what: 'Node', ok, detail: `${process.versions.node} (cần từ 20.19)`, refused };
}

/** Loa itself may be the one that holds the port. */
async function port({ host, port }: Config): Promise<Finding> {
  const where = `${port} tại ${host}`;
  const problem = await new Promise<string | undefined>((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  if (problem === undefined) return { what: 'cổng', ok: true, detail: `${where} còn trống`, refused: [] };
  const hint =
    problem === 'EADDRINUSE'
      ? 'Nếu không phải Loa đang chạy, hãy dừng chương trình đang giữ cổng hoặc đặt LOA_PORT là cổng khác.'
      : 'Hãy đặt LOA_PORT là cổng từ 1024 trở lên, hoặc sửa LOA_HOST.';
  return { what: 'cổng', ok: true, detail: `${where} đang bị giữ (${problem})`, refused: [hint] };
}

function address(config: Config): Finding {
  const advice = addressAdvice(config);
  return { what: 'địa chỉ', ok: true, detail: config.publicUrl ?? 'chưa đặt', refused: advice ? [advice.vi] : [] };
}

async function disk({ dataDir, mediaDir, reserve }: Config): Promise<Finding> {
  const free = await Promise.all([dataDir, mediaDir].map(async (one) => measureFreeBytes(await existingFolder(one))));
  const least = Math.min(...free);
  const gigabytes = (least / 1e9).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  const refused =
    least < reserve.bytes ? ['Không nhận bản thu mới cho đến khi ổ đĩa có thêm chỗ (LOA_RESERVE_MB).'] : [];
  return { what: 'ổ đĩa', ok: true, detail: `còn trống ${gigabytes} GB`, refused };
}

async function backup({ backupDir }: Config): Promise<Finding> {
  const at = await lastBackup(backupDir);
  if (at === null) {
    const refused = ['Chưa có bản sao lưu nào. Hãy chạy: npm run loa -- backup'];
    return { what: 'sao lưu', ok: true, detail: backupDir, refused };
  }
  const days = Math.floor((clock.now() - at) / 86_400_000);
  const refused =
    days > OLD_BACKUP_DAYS ? [`Bản sao lưu gần nhất đã ${days} ngày. Hãy chạy: npm run loa -- backup`] : [];
  return { what: 'sao lưu', ok: true, detail: `${showInstant(at, VIETNAM)}, ở ${backupDir}`, refused };
}

/** Asks the services that the chain of voices names whether they answer; nothing is read aloud. */
async function voices({ voices: { chain, googleUrl, fpt } }: Config): Promise<Finding> {
  const services: Readonly<Record<string, string>> = { google: googleUrl, fpt: fpt.url };
  const online = [...new Set(chain.map((name) => services[name.split('/')[0] ?? '']))].filter(
    (url) => url !== undefined,
  );
  const silent = await Promise.all(online.map(async (url) => ((await answers(url)) ? [] : [url])));
  const refused = silent
    .flat()
    .map((url) => `${url} không trả lời: giọng trực tuyến không dùng được, giọng kế tiếp đọc thay.`);
  return { what: 'giọng đọc', ok: true, detail: chain.join(', '), refused };
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

async function tools(config: Config): Promise<Finding[]> {
  const found = await locateTools(config.tools);
  const sources = { setting: 'theo thiết đặt', system: 'của máy', bundled: 'bản kèm theo' };
  return (['ffmpeg', 'ffprobe', 'espeak'] as const).map((name) => {
    const tool = found[name];
    if (!tool) return { what: name, ok: false, detail: 'không có', refused: ['Không dựng được bản thu.'] };
    const detail = `${tool.version || 'không rõ phiên bản'}, ${sources[tool.source]}: ${tool.path}`;
    return { what: name, ok: true, detail, refused: tool.refused.map((one) => one.vi) };
  });
}

/** A warning, not an error: Loa runs, but cannot slow down password guessing by address. */
function proxy(config: Config): Finding[] {
  const advice = proxyAdvice(config);
  return advice ? [{ what: 'proxy', ok: true, detail: 'LOA_TRUST_PROXY chưa bật', refused: [advice.vi] }] : [];
}

/** Restricts file permissions where it can, as every start does. */
async function rights(config: Config): Promise<Finding> {
  const what = 'quyền tệp';
  try {
    const notes = await keepPrivate(config);
    return { what, ok: true, detail: 'khóa, dữ liệu', refused: notes.map(({ vi }) => vi) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { what, ok: false, detail: error.sentence.vi, refused: ['Không chạy được máy chủ.'] };
  }
}

async function folder(what: string, path: string): Promise<Finding> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
    return { what, ok: true, detail: path, refused: [] };
  } catch {
    return { what, ok: false, detail: `${path} không ghi được`, refused: ['Không lưu được bản thu.'] };
  }
}

async function database(config: Config): Promise<Finding> {
  const opened = new Database(config);
  const kind = opened.isPostgres ? 'PostgreSQL' : `SQLite ${config.databaseUrl.slice('sqlite:'.length)}`;
  try {
    await opened.open();
    return { what: 'dữ liệu', ok: true, detail: kind, refused: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { what: 'dữ liệu', ok: false, detail: `${kind}: ${reason}`, refused: ['Không chạy được máy chủ.'] };
  } finally {
    await opened.close();
  }
}
