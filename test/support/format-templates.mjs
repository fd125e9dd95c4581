/**
 * Formats the templates of the pages: `node test/support/format-templates.mjs` writes them, `--check` names the files
 * that are not formatted and the lines that stay too long. The texts of scripts-content/ are no HTML: each line of
 * theirs is spoken or printed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import beautify from 'js-beautify';
import { root } from '../../bin/setup.mjs';

const WIDTH = 160;
const options = {
  indent_size: 2,
  indent_handlebars: true,
  wrap_line_length: WIDTH,
  max_preserve_newlines: 1,
  end_with_newline: true,
  // By default an empty line is put before {{body}}, which is taken for the tag of that name.
  extra_liners: [],
};
/** A line that a first pass has broken is indented by the second. */
const MOST_PASSES = 5;

const pages = join(root, 'src', 'pages');
const isCheck = process.argv.includes('--check');
const problems = readdirSync(pages, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.hbs'))
  .sort()
  .flatMap((name) => {
    const path = join(pages, name);
    const written = readFileSync(path, 'utf8');
    const text = formatted(written, name);
    if (text !== written && !isCheck) writeFileSync(path, text);
    const place = relative(root, path);
    const long = text.split('\n').flatMap((line, n) => (line.length > WIDTH ? [`${place}:${n + 1} is too long`] : []));
    return [...(text !== written && isCheck ? [`${place} is not formatted: npm run format`] : []), ...long];
  });
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function formatted(written, name) {
  let text = written;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = beautify.html(text, options);
    if (next === text) return text;
    text = next;
  }
  throw new Error(`${name} changes with every pass`);
}
