import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program outside this process: where it is, and whose copy. */
export interface Tool {
  readonly name: string;
  readonly path: string;
  /** First line of its version report, shortened to the version; '' when it does not say. */
  readonly version: string;
  /** `setting`: named by LOA_…; `system`: on PATH; `bundled`: inside an optional npm package. */
  readonly source: 'setting' | 'system' | 'bundled';
  /** What is not done with this copy, each a sentence in Vietnamese and English. */
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
