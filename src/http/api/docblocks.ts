import { existsSync, readFileSync } from 'node:fs';

/** What the docblock of a handler says: its first sentence, and the rest. */
export interface Docblock {
  summary: string;
  description: string;
}

/** By class and method. */
export type Docblocks = Readonly<Record<string, Readonly<Record<string, Docblock | undefined>> | undefined>>;

/** Beside this file in dist/, where the build writes it: compiled code has no sources to read. */
const BUILT = new URL('./docblocks.json', import.meta.url);
const READER = new URL('../../../bin/docblocks.mjs', import.meta.url);
const SOURCES = new URL('../../', import.meta.url);

let loaded: Promise<Docblocks> | undefined;

/** As the build has written them; where the sources themselves run, as they stand there. Read once for the process. */
export function loadDocblocks(): Promise<Docblocks> {
  return (loaded ??= read());
}

async function read(): Promise<Docblocks> {
  if (existsSync(BUILT)) return JSON.parse(readFileSync(BUILT, 'utf8')) as Docblocks;
  const { readDocblocks } = (await import(READER.href)) as { readDocblocks: (folder: string) => Docblocks };
  return readDocblocks(SOURCES.pathname);
}
