/**
 * The WebAssembly of espeak-ng is 18 MB of language data around 0.3 MB of program. A compiled module keeps a copy of
 * its bytes for its lifetime, and each instance holds the data in its memory as well. So the program is compiled
 * without the data, and an instance gets only the small part that is no file (see `espeak-files`). Plain JavaScript,
 * beside the runner that uses it.
 */
import { Buffer } from 'node:buffer';
import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readFileTable } from './espeak-files.mjs';

const HEADER = 8;
/** Maximum bytes of a 32-bit LEB128 number. */
const NUMBER = 5;
const START_SECTION = 8;
const DATA_SECTION = 11;
const DATA_COUNT_SECTION = 12;
const [I32_CONST, END] = [0x41, 0x0b];
const { WebAssembly } = globalThis;

/**
 * Loads the program in `file`: `nameOf` maps a voice to its name on the command line, `start` creates a fresh instance
 * for one sentence.
 */
export async function loadModule(file) {
  const open = openSync(file);
  try {
    return await inPieces(open);
  } catch {
    // Another build, whose program loads its data by itself.
    const compiled = await WebAssembly.compile(readFileSync(file));
    const start = (_module, imports) => WebAssembly.instantiate(compiled, imports);
    return { compiled, start, nameOf: (voice) => voice };
  }
}

async function inPieces(open) {
  const { program, segments } = splitData(open);
  const compiled = await WebAssembly.compile(program);
  const bytesAt = readerOf(open, segments);
  const table = readFileTable(await tableIn(compiled), bytesAt);
  const rest = restOf(segments, table.places, bytesAt);
  const start = async (module, imports) => {
    let instance;
    const memory = () => new Uint8Array(instance.exports.memory.buffer);
    instance = await WebAssembly.instantiate(compiled, table.importsFor(module, imports, memory));
    for (const { to, bytes } of rest) memory().set(bytes, to);
    return instance;
  };
  return { compiled, start, nameOf: (voice) => table.nameOf(voice) };
}

/** The address of the table of files, obtained from an instance that never runs. */
async function tableIn(compiled) {
  const imports = {};
  for (const { module, name } of WebAssembly.Module.imports(compiled)) (imports[module] ??= {})[name] = () => 0;
  const { exports } = await WebAssembly.instantiate(compiled, imports);
  return exports.__emscripten_embedded_file_data.value;
}

/** All data except files: the initial memory of every instance. */
function restOf(segments, places, bytesAt) {
  const rest = [];
  for (const { to, length } of segments) {
    let from = to;
    const end = to + length;
    const take = (until) => until > from && rest.push({ to: from, bytes: bytesAt(from, until - from) });
    for (const place of places) {
      if (place.at < from || place.at + place.length > end) continue;
      take(place.at);
      from = place.at + place.length;
    }
    take(end);
  }
  return rest;
}

/** Reads from the file the bytes that the module's data segments put at an address. */
function readerOf(open, segments) {
  return (address, length) => {
    const segment = segments.find(({ to, length: all }) => address >= to && address < to + all);
    if (!segment) throw new Error('espeak-ng.wasm has nothing there');
    const offset = address - segment.to;
    return piece(open, segment.at + offset, Math.min(length, segment.length - offset));
  };
}

/** Splits a module with data at fixed addresses into program and data; throws for any other module. */
function splitData(open) {
  const { size } = fstatSync(open);
  const kept = [piece(open, 0, HEADER)];
  const segments = [];
  for (let at = HEADER; at < size;) {
    const head = piece(open, at, 1 + NUMBER);
    const [kind] = head;
    const length = numberAt(head, 1);
    const start = at + length.next;
    // A start function would run before the memory is filled.
    if (kind === START_SECTION) throw new Error('a start function');
    if (kind === DATA_SECTION) segments.push(...segmentsAt(open, start));
    else if (kind !== DATA_COUNT_SECTION) kept.push(piece(open, at, length.next + length.value));
    at = start + length.value;
  }
  return { program: Buffer.concat(kept), segments };
}

function segmentsAt(open, start) {
  const segments = [];
  const count = numberAt(piece(open, start, NUMBER), 0);
  let at = start + count.next;
  for (let n = 0; n < count.value; n++) {
    const head = piece(open, at, 3 + 2 * NUMBER);
    const to = numberAt(head, 2);
    if (head[0] !== 0 || head[1] !== I32_CONST || head[to.next] !== END) throw new Error('data without a fixed place');
    const length = numberAt(head, to.next + 1);
    at += length.next;
    segments.push({ to: to.value, length: length.value, at });
    at += length.value;
  }
  return segments;
}

function piece(open, at, length) {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(open, bytes, 0, length, at));
}

/** Decodes LEB128: seven bits a byte, the lowest first. */
function numberAt(bytes, from) {
  let value = 0;
  let next = from;
  for (let shift = 0; shift < 7 * NUMBER; shift += 7) {
    const byte = bytes[next++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return { value: value >>> 0, next };
}
