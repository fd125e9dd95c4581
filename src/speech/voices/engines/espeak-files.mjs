/**
 * 18 of the 18.5 MB of espeak-ng's WebAssembly are 445 files of language data. Its own loader lays all of them out for
 * each sentence and searches them for a voice, which costs six times as much as the speaking; a Vietnamese sentence
 * reads eight of them. This module provides a file only when it is opened. Plain JavaScript, beside the runner that
 * uses it.
 */
import { Buffer } from 'node:buffer';
import { posix } from 'node:path';

const LANGUAGES = '/lang/';
/** Bytes of a row in the table of files: address of the name, length, address of the content. */
const ROW = 12;

/** Reads the table of files at address `table`; `bytesAt` returns the bytes at an address of the memory. */
export function readFileTable(table, bytesAt) {
  const files = new Map();
  for (let row = table; ; row += ROW) {
    const [name, length, at] = new Uint32Array(new Uint8Array(bytesAt(row, ROW)).buffer);
    if (name === 0) break;
    // The program looks up a voice from the command line in lower case.
    files.set(textAt(bytesAt(name, 256), 0).toLowerCase(), { at, length });
  }
  return new FileTable(files, bytesAt);
}

class FileTable {
  /** Contents already read, shared by all sentences: they are never written. */
  #read = new Map();
  #files;
  #bytesAt;

  constructor(files, bytesAt) {
    this.#files = files;
    this.#bytesAt = bytesAt;
  }

  /** The address ranges of the files in memory, in order. */
  get places() {
    return [...this.#files.values()].sort((a, b) => a.at - b.at);
  }

  /** The name that lets the program find a voice without searching all others; `voice` itself when there is none. */
  nameOf(voice) {
    const path = [...this.#files.keys()].find((file) => {
      return file.includes(LANGUAGES) && posix.basename(file) === voice;
    });
    return path ? path.slice(path.indexOf(LANGUAGES) + LANGUAGES.length) : voice;
  }

  /**
   * The imports of one instance, which provide a file when it is opened. `module` creates files in its file system;
   * `memory` returns the instance's bytes.
   */
  importsFor(module, imports, memory) {
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
