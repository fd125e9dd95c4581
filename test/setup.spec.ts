const { compilerAdvice } = (await import(new URL('../bin/setup.mjs', import.meta.url).href)) as {
  compilerAdvice(output: string): string | undefined;
};

/** The beginning of what npm prints where neither github.com nor a compiler can be reached, of 76 lines. */
const GYP = `npm error code 1
npm error path /srv/loa/node_modules/better-sqlite3
npm error command failed
npm error command sh -c prebuild-install || node-gyp rebuild --release
npm error gyp ERR! find Python Python is not set from environment variable PYTHON`;

it('says in one sentence what to install for SQLite, on each system, in both languages', () => {
  const advice = compilerAdvice(GYP) ?? '';
  expect(advice.split('\n')[0]).toMatch(/^Chưa cài được SQLite .*cài trình biên dịch/);
  expect(advice).toContain('could not be installed');
  for (const system of ['apt-get install', 'dnf install', 'apk add', 'xcode-select', 'winget install'])
    expect(advice).toContain(system);
});

it('leaves every other failure in npm’s own words', () => {
  expect(compilerAdvice('npm error network request to https://registry/ failed: ENOTFOUND')).toBeUndefined();
  expect(compilerAdvice('npm error path /srv/loa/node_modules/better-sqlite3\nnpm error ENOSPC')).toBeUndefined();
});
