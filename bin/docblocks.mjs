/** Reads the docblocks of handlers, the text of the API's document. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** `{ CampaignsController: { open: { summary, description } } }` of all controllers below a folder of sources. */
export function readDocblocks(folder) {
  const docblocks = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.controller.ts')) continue;
    const source = ts.createSourceFile(path, readFileSync(join(folder, path), 'utf8'), ts.ScriptTarget.ES2023, true);
    for (const one of source.statements) {
      if (!ts.isClassDeclaration(one) || !one.name) continue;
      const methods = (docblocks[one.name.text] = {});
      for (const member of one.members) {
        const [text] = ts.isMethodDeclaration(member) ? ts.getJSDocCommentsAndTags(member) : [];
        const said = text && ts.getTextOfJSDocComment(text.comment);
        if (said) methods[member.name.getText()] = parts(said);
      }
    }
  }
  return docblocks;
}

/** The first sentence is the summary, without its full stop. */
function parts(text) {
  const [, first, rest] = /^(.+?)(?:[.](?:\s+|$)|\n\s*\n|$)([^]*)$/s.exec(text.trim());
  return { summary: first.replace(/\s+/g, ' '), description: rest.trim() };
}
