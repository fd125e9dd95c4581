import { createRequire } from 'node:module';
import { findOnPath, isProgram, type Tool } from '../../speech/voices/tools/find-tool.js';
import { bundledEspeak, locateEspeak } from '../../speech/voices/engines/espeak-copies.js';
import { runTool } from '../../speech/voices/tools/run-tool.js';

/** Uploads are untrusted; a decoder from before this year has known vulnerabilities. */
const UPLOADS_SINCE = 2022;

export interface Tools {
  readonly ffmpeg: Tool | undefined;
  readonly ffprobe: Tool | undefined;
  readonly espeak: Tool | undefined;
}

interface ToolSettings {
  ffmpeg?: string;
  ffprobe?: string;
  espeak?: string;
  path: string;
  /** See `Config.tools`. */
  trustOldFfmpeg?: boolean;
}

/** The programs that this machine offers: a setting wins, then PATH, then the copies inside optional npm packages. */
export async function locateTools(settings: ToolSettings): Promise<Tools> {
  const [ffmpeg, ffprobe, espeak] = await Promise.all([
    locate('ffmpeg', settings.ffmpeg, settings.path),
    locate('ffprobe', settings.ffprobe, settings.path),
    locateEspeak(settings),
  ]);
  return { ffmpeg: ffmpeg && settings.trustOldFfmpeg ? { ...ffmpeg, refused: [] } : ffmpeg, ffprobe, espeak };
}

/** Only the copies inside npm packages: these are enough on a machine that has only Node. */
export async function bundledTools(): Promise<Tools> {
  const [ffmpeg, ffprobe] = await Promise.all([locate('ffmpeg', undefined, ''), locate('ffprobe', undefined, '')]);
  return { ffmpeg, ffprobe, espeak: bundledEspeak() };
}

async function locate(
  name: 'ffmpeg' | 'ffprobe',
  setting: string | undefined,
  searchPath: string,
): Promise<Tool | undefined> {
  // A setting with a wrong path is reported as an error; it does not fall back to another copy.
  if (setting !== undefined) return (await isProgram(setting)) ? describe(name, setting, 'setting') : undefined;
  const system = await findOnPath(name, searchPath);
  const own = system === undefined ? undefined : await describe(name, system, 'system');
  // A file on PATH that does not print its version does not run: use the bundled copy.
  if (own?.version) return own;
  const bundled = bundledPath(name);
  return bundled && (await isProgram(bundled)) ? describe(name, bundled, 'bundled') : undefined;
}

function bundledPath(name: 'ffmpeg' | 'ffprobe'): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    return (require(`@${name}-installer/${name}`) as { path: string }).path;
  } catch {
    return undefined;
  }
}

async function describe(name: string, path: string, source: Tool['source']): Promise<Tool> {
  const { stdout } = await runTool(path, { args: ['-hide_banner', '-version'], timeoutMs: 10_000 });
  const head = /version (\S+).*?Copyright \(c\) (?:\d{4}-)?(\d{4})/.exec(stdout);
  const year = Number(head?.[2] ?? 0);
  return { name, path, version: head?.[1] ?? '', source, refused: year < UPLOADS_SINCE ? [noUploads(year)] : [] };
}

function noUploads(year: number): Tool['refused'][number] {
  const from = year ? `${year}` : '?';
  return {
    code: 'uploads',
    vi: `Bản này cũ (năm ${from}): tệp tải lên bị từ chối cho đến khi cài ffmpeg mới (ví dụ: apt install ffmpeg).`,
    en: `This copy is old (${from}): uploads are refused until a current ffmpeg is installed (apt install ffmpeg, say).`,
  };
}
