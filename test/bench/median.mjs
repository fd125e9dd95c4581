/** The median of several runs, because these machines are noisy. Seconds. */
export function medianSeconds(runs, work) {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return middle(times);
}

export async function medianSecondsAsync(runs, work) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return middle(times);
}

export function middle(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

export const round = (value, digits = 2) => Math.round(value * 10 ** digits) / 10 ** digits;
