import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EspeakAdapter, espeakVoices } from './espeak.adapter.js';
import { bundledEspeak } from './espeak-copies.js';

/** The unmodified package: lays out all its files and searches every voice. */
const asMeant = `
  import ESpeakNG from 'espeak-ng';
  const [file, voice, text] = process.argv.slice(1);
  const input = Buffer.from(text);
  let at = 0;
  const program = await ESpeakNG({
    arguments: ['-v', voice, '-s', '160', '-a', '60', '-b', '1', '-w', 'out.wav', '--stdin'],
    stdin: () => input[at++] ?? null,
    quit: () => undefined,
  });
  (await import('node:fs')).writeFileSync(file, program.FS.readFile('out.wav'));
  process.exit(0);
`;

describe('the language files of the bundled espeak-ng', () => {
  const engine = new EspeakAdapter(bundledEspeak());
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-espeak-files-'));
  });
  afterAll(async () => {
    engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(espeakVoices.map((voice) => [voice]))(
    '%s reads as with all of them laid out, other scripts too',
    async (voice) => {
      const [own, meant] = [join(folder, 'own.wav'), join(folder, 'meant.wav')];
      for (const text of [
        'Kính mời bà con tổ dân phố số bảy.',
        'Hello Wikipedia, Москва, Ελλάδα, 中文, ไทย 25 m² 😀',
      ]) {
        await engine.speak({ text, voice, rate: 160, outFile: own });
        await promisify(execFile)(process.execPath, ['--input-type=module', '-e', asMeant, meant, voice, text]);
        expect((await readFile(own)).equals(await readFile(meant))).toBe(true);
      }
    },
  );
});
