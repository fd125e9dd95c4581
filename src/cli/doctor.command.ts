import { access, constants, mkdir } from 'node:fs/promises';
import { locateTools } from '../audio/ffmpeg/ffmpeg-copies.js';
import { Config } from '../config/config.js';
import { keepPrivate } from '../config/private-files.js';
import { proxyAdvice } from '../config/proxy-advice.js';
import { Database } from '../database/database.js';
import { DomainError } from '../shared/domain-error.js';
import { print, printJson } from './output.js';

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
    ...proxy(config),
    await rights(config),
    await folder('media', config.mediaDir),
    await database(config),
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

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', ok, detail: `${process.versions.node} (cần từ 20.19)`, refused: [] };
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
