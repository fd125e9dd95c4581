import type { Sentence } from '../../shared/domain-error.js';

/** The message of each refusal of a template body, for an editor who knows {{…}} but no programming. */
const sentence = (vi: string, en: string): Sentence => ({ vi, en });

export const noRaw = sentence(
  'Chỉ viết {{biến}}; không dùng {{{biến}}} hay {{&biến}}.',
  'Write {{variable}}; {{{variable}}} and {{&variable}} are not allowed.',
);
export const notAllowed = sentence(
  'Cách viết này không dùng được trong mẫu bài; chỉ dùng {{biến}}, {{#if}}, {{#unless}}, {{#each}} và {{> mẫu-dùng-chung}}.',
  'This is not allowed in a template; only {{variable}}, {{#if}}, {{#unless}}, {{#each}} and {{> partial}} are.',
);
export const noBlockParams = sentence('Không dùng "as |tên|"; viết {{this}}.', 'No "as |name|"; write {{this}}.');
export const tooDeep = (max: number) =>
  sentence(`Các khối lồng nhau quá ${max} lớp.`, `Blocks are nested more than ${max} deep.`);
export const bodyTooLarge = sentence(
  'Mẫu bài quá phức tạp; hãy bớt mẫu dùng chung và danh sách.',
  'The template is too complex; include less and loop less.',
);
export const loopData = sentence(
  '{{@index}} chỉ dùng trong {{ordinal @index}}; {{@first}}, {{@last}} chỉ dùng trong {{#if}}.',
  '{{@index}} is for {{ordinal @index}} only; {{@first}} and {{@last}} are for {{#if}} only.',
);
export const eachNeedsList = sentence(
  '{{#each}} phải đi với một biến kiểu danh sách (list) và không nằm trong {{#each}} khác.',
  '{{#each}} needs a variable of type list, and cannot stand inside another {{#each}}.',
);
export const thisOutsideEach = sentence(
  '{{this}} chỉ dùng ngay trong {{#each}}.',
  '{{this}} is only for the inside of {{#each}}.',
);
export const plainPartial = sentence(
  'Chèn mẫu dùng chung chỉ bằng tên: {{> tên-mẫu}}.',
  'A partial is included by its name alone: {{> name}}.',
);
export const partialInEach = sentence(
  'Không chèn mẫu dùng chung bên trong {{#each}}.',
  'A partial cannot be included inside {{#each}}.',
);

export const unknownHelper = (name: string) =>
  sentence(`Không có hàm "${name}".`, `There is no helper called "${name}".`);
export const badArguments = (name: string) =>
  sentence(`"${name}" cần đúng một biến đi kèm.`, `"${name}" takes exactly one variable.`);
export const wrongType = (name: string, types: readonly string[]) =>
  sentence(`"${name}" chỉ nhận kiểu: ${types.join(', ')}.`, `"${name}" takes only: ${types.join(', ')}.`);
export const bareList = (name: string) =>
  sentence(
    `"${name}" là danh sách: viết {{join ${name}}} hoặc {{#each ${name}}}.`,
    `"${name}" is a list: write {{join ${name}}} or {{#each ${name}}}.`,
  );
export const unknownPartial = (name: string) =>
  sentence(`Không có mẫu dùng chung "${name}".`, `There is no partial called "${name}".`);
export const circular = (names: readonly string[]) =>
  sentence(
    `Mẫu dùng chung chèn vòng lại chính nó: ${names.join(' → ')}.`,
    `A partial includes itself: ${names.join(' → ')}.`,
  );
export const dottedPath = (path: string) =>
  sentence(`"${path}": tên biến không có dấu chấm hay gạch chéo.`, `"${path}": a variable has no dots or slashes.`);
export const forbiddenName = (name: string) =>
  sentence(`"${name}" là từ dành riêng, không dùng được.`, `"${name}" is a reserved word.`);
export const unknownVariable = (name: string) =>
  sentence(
    `Biến "${name}" chưa được khai báo ở phần đầu mẫu (variables).`,
    `The variable "${name}" is not declared in the front matter.`,
  );
export const wrongDepth = (name: string) =>
  sentence(
    `Trong {{#each}} viết {{../${name}}}, ngoài {{#each}} viết {{${name}}}.`,
    `Write {{../${name}}} inside {{#each}} and {{${name}}} outside.`,
  );
export const maybeEmpty = (name: string) =>
  sentence(
    `"${name}" không bắt buộc nên có thể trống: đặt trong {{#if ${name}}} … {{/if}} hoặc cho giá trị mặc định.`,
    `"${name}" is optional and may be empty: put it inside {{#if ${name}}} … {{/if}} or give it a default.`,
  );

/** A Handlebars error as a sentence, with the 1-based line of the body that it names (1 when it names none). */
export function badSyntax(error: unknown): Sentence & { line: number } {
  const message = error instanceof Error ? error.message : String(error);
  const named = (error as { lineNumber?: unknown }).lineNumber;
  const line = typeof named === 'number' ? named : Number(/on line (\d+)/.exec(message)?.[1] ?? 1);
  if (message.includes("got 'EOF'")) {
    return { line, vi: 'Một khối {{#…}} chưa được đóng.', en: 'A block {{#…}} is not closed.' };
  }
  if (message.includes("doesn't match")) {
    return { line, vi: 'Thẻ đóng không khớp thẻ mở.', en: 'A closing tag does not match its opening tag.' };
  }
  return { line, vi: 'Chỗ viết {{…}} này sai cú pháp.', en: 'This {{…}} is not written correctly.' };
}
