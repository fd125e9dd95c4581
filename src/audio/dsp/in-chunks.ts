/** Samples at a time: a millisecond of work; larger arrays cost more to come by. */
const CHUNK = 16_384;
const TURN_MS = 8;

/**
 * `sound` in chunks of a multiple of 16 samples, in order, letting the rest of the program have its turn between them: a rendering
 * in one corner must not hold up the answers to everybody else. Chunks are views; changes stay.
 */
export async function* sampleChunks(sound: Float32Array): AsyncGenerator<Float32Array> {
  let since = performance.now();
  for (let from = 0; from < sound.length; from += CHUNK) {
    yield sound.subarray(from, from + CHUNK);
    if (performance.now() - since < TURN_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  }
}

export async function inChunks(sound: Float32Array, work: (chunk: Float32Array) => void): Promise<void> {
  for await (const chunk of sampleChunks(sound)) work(chunk);
}
