/**
 * 18 of the 18.5 MB of espeak-ng's WebAssembly are 445 files of language data. Laid out for each sentence, as its own loader does,
 * and searched for a voice, they cost six times what the speaking costs; a Vietnamese sentence reads eight of them. Here a file is
 * there when it is asked for. Plain JavaScript, beside the runner that it serves.
 */
import { Buffer } from 'node:buffer';
import { posix } from 'node:path';

const LANGUAGES = '/lang/';
/** A row of the table of files: where its name is, how long it is, where it is. */
const ROW = 12;

/** The files whose table begins at `table`; `bytesAt` gives the bytes at an address of the memory. */
export function readShelf(table, bytesAt) {
  const files = new Map();
  for (let row = table; ; row += ROW) {
    const [name, length, at] = new Uint32Array(new Uint8Array(bytesAt(row, ROW)).buffer);
    if (name === 0) break;
    // A voice named on the command line is looked for in small letters.
    files.set(textAt(bytesAt(name, 256), 0).toLowerCase(), { at, length });
  }
  return new Shelf(files, bytesAt);
}

class Shelf {
  /** What was read once is lent to every sentence: nobody writes to it. */
  #read = new Map();
  #files;
  #bytesAt;

  constructor(files, bytesAt) {
    this.#files = files;
    this.#bytesAt = bytesAt;
  }

  /** Where the files are in a memory, in order. */
  get places() {
    return [...this.#files.values()].sort((a, b) => a.at - b.at);
  }

  /** The name by which the program finds a voice at once instead of looking through all the others; `voice` when there is none. */
  nameOf(voice) {
    const path = [...this.#files.keys()].find((file) => {
      return file.includes(LANGUAGES) && posix.basename(file) === voice;
    });
    return path ? path.slice(path.indexOf(LANGUAGES) + LANGUAGES.length) : voice;
  }

  /** The imports of one instance, in which the files come when they are asked for. `module` makes them in its file system; `memory` gives the instance's bytes. */
  lend(module, imports, memory) {
    const here = new Set();
    const bring = (pointer) => {
      const path = textAt(memory(), pointer);
      const file = this.#files.get(path.toLowerCase());
      if (!file || here.has(path)) return;
      here.add(path);
      const bytes = this.#read.get(path) ?? this.#bytesAt(file.at, file.length);
      this.#read.set(path, bytes);
      module.FS_createPath('/', posix.dirname(path), true, true);
      module.FS_createDataFile(path, null, bytes, true, true, true);
    };
    const { __syscall_openat: open, __syscall_stat64: stat } = imports.env;
    const env = {
      ...imports.env,
      _emscripten_fs_load_embedded_files: () => undefined,
      __syscall_openat: (folder, path, ...rest) => (bring(path), open(folder, path, ...rest)),
      __syscall_stat64: (path, ...rest) => (bring(path), stat(path, ...rest)),
    };
    return { ...imports, env };
  }
}

function textAt(bytes, from) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8', from, bytes.indexOf(0, from));
}
