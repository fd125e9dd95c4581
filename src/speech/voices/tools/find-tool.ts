import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** An external program: its path and origin. */
export interface Tool {
  readonly name: string;
  readonly path: string;
  /** Version from the first line of its version report; '' when it gives none. */
  readonly version: string;
  /** `setting`: named by a LOA_… variable; `system`: on PATH; `bundled`: inside an optional npm package. */
  readonly source: 'setting' | 'system' | 'bundled';
  /** Uses refused for this copy, each a sentence in Vietnamese and English. */
  readonly refused: readonly { readonly code: string; readonly vi: string; readonly en: string }[];
}

export async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first program called `name` in the folders of `searchPath` (the value of PATH). */
export async function findOnPath(name: string, searchPath: string): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name];
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    for (const candidate of names) {
      const path = join(folder, candidate);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}
