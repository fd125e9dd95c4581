import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DomainError } from '../../shared/domain-error.js';
import { loadTemplateFiles } from './template-files.js';
import type { TemplateProblem } from './template-problem.js';
import { problemTexts } from './template-support.fake.js';

const template = (code: string, kind = 'website', body = 'Kính gửi {{placeName}}.') => `---
code: ${code}
name: Mẫu thử
kind: ${kind}
subject: general
purpose: Để thử.
title: Thử
variables:
  placeName: { type: text, label: Địa bàn, required: true, example: phường Bắc Hà }
---
${body}
`;

describe('A folder of templates', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loa-templates-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function put(files: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }

  async function problems(): Promise<string[]> {
    const error: unknown = await loadTemplateFiles(folder).catch((e: unknown) => e);
    if (!(error instanceof DomainError)) return [];
    return problemTexts(error.details['problems'] as TemplateProblem[]);
  }

  it('is read by code, with its partials; other files are left alone', async () => {
    await put({
      'general/website.hbs': template('b', 'website', '{{> call}}'),
      'general/fanpage.hbs': template('a', 'fanpage'),
      'partials/call.hbs': 'Đây là {{placeName}}',
      'README.md': '{{{',
      'general/old.hbs.bak': '{{{',
    });
    const { templates, partials } = await loadTemplateFiles(folder);
    expect([...templates.keys()]).toEqual(['a', 'b']);
    expect([...partials.keys()]).toEqual(['call']);
  });

  it('tells the problems of all files at once, each once', async () => {
    await put({
      'general/website.hbs': template('a', 'website', '{{> broken}}{{placeName}}'),
      'general/fanpage.hbs': template('b', 'fanpage', '{{> broken}}{{placeName}}\n{{other}}'),
      'general/leaflet.hbs': 'không có phần đầu',
      'partials/broken.hbs': '\n{{{placeName}}}',
      'partials/Bad Name.hbs': 'a',
    });
    expect(await problems()).toEqual([
      'partials/Bad Name.hbs:1 bad-partial-name',
      'partials/broken.hbs:2 raw',
      'general/fanpage.hbs:12 unknown-variable',
      'general/leaflet.hbs:1 no-front-matter',
    ]);
  });

  it('refuses a code twice and a file that is not where its subject and kind say', async () => {
    await put({ 'general/fanpage.hbs': template('a', 'fanpage'), 'general/website.hbs': template('a', 'leaflet') });
    expect(await problems()).toEqual(['general/website.hbs:2 duplicate-code', 'general/website.hbs:2 misplaced']);
  });

  it('refuses a file that is too large to be a template', async () => {
    await put({ 'general/website.hbs': template('a', 'website', 'x'.repeat(300_000)) });
    expect(await problems()).toEqual(['general/website.hbs:1 too-large']);
  });
});
