/**
 * The WebAssembly of espeak-ng is 18 MB of language data around 0.3 MB of program. A compiled module keeps a copy of its own
 * bytes for ever, and each instance has the data in its memory as well; so the program is compiled without the data, which
 * `fill` reads from the file straight into a fresh memory. Plain JavaScript, beside the runner that it serves.
 */
import { Buffer } from 'node:buffer';
import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';

const HEADER = 8;
/** A number in LEB128 takes at most so many bytes. */
const NUMBER = 5;
const START_SECTION = 8;
const DATA_SECTION = 11;
const DATA_COUNT_SECTION = 12;
const [I32_CONST, END] = [0x41, 0x0b];
const { WebAssembly } = globalThis;

/** The module in `file`, and what puts its data into the memory of a new instance before that runs. */
export async function loadModule(file) {
  const open = openSync(file);
  const split = splitData(open);
  try {
    if (split) return { compiled: await WebAssembly.compile(split.program), fill: filler(open, split.segments) };
  } catch {
    // Another build, whose program asks for its data by itself.
  }
  return { compiled: await WebAssembly.compile(readFileSync(file)), fill: () => undefined };
}

function filler(open, segments) {
  return (memory) => {
    const target = new Uint8Array(memory.buffer);
    for (const { to, length, at } of segments) {
      if (readSync(open, target, to, length, at) !== length) throw new Error('espeak-ng.wasm has changed');
    }
  };
}

/** Program and data of a module whose data go to fixed places; undefined for any other. */
function splitData(open) {
  const { size } = fstatSync(open);
  const kept = [piece(open, 0, HEADER)];
  const segments = [];
  for (let at = HEADER; at < size;) {
    const head = piece(open, at, 1 + NUMBER);
    const [kind] = head;
    const length = numberAt(head, 1);
    const start = at + length.next;
    // A start function runs before anybody could fill the memory.
    if (kind === START_SECTION) return undefined;
    if (kind === DATA_SECTION) {
      if (!takeSegments(open, start, segments)) return undefined;
    } else if (kind !== DATA_COUNT_SECTION) kept.push(piece(open, at, length.next + length.value));
    at = start + length.value;
  }
  return { program: Buffer.concat(kept), segments };
}

function takeSegments(open, start, segments) {
  const count = numberAt(piece(open, start, NUMBER), 0);
  let at = start + count.next;
  for (let n = 0; n < count.value; n++) {
    const head = piece(open, at, 3 + 2 * NUMBER);
    if (head[0] !== 0 || head[1] !== I32_CONST) return false;
    const to = numberAt(head, 2);
    if (head[to.next] !== END) return false;
    const length = numberAt(head, to.next + 1);
    at += length.next;
    segments.push({ to: to.value, length: length.value, at });
    at += length.value;
  }
  return true;
}

function piece(open, at, length) {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(open, bytes, 0, length, at));
}

/** LEB128: seven bits a byte, the lowest first. */
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
