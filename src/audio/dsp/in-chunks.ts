/** Samples per chunk: a millisecond of work. Allocating larger arrays costs more. */
const CHUNK = 16_384;
const TURN_MS = 8;

/**
 * `sound` in order, in chunks of a multiple of 16 samples. Yields to the event loop between chunks, so that a render
 * does not delay HTTP requests. Chunks are views: changes to them change `sound`.
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
