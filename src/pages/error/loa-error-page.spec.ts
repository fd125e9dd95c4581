import { writtenIn } from './loa-error-page.js';

describe('a text that did not arrive', () => {
  it('is given back to its writer', () => {
    expect(writtenIn({ title: 'Tiêu đề', text: 'Bài dài' })).toBe('Bài dài');
    expect(writtenIn({ text: '  ', comment: 'Sửa đoạn hai' })).toBe('Sửa đoạn hai');
  });

  it.each([[undefined], [null], ['text'], [{}], [{ text: ['a'] }], [{ password: 'bí mật' }]])(
    'nothing else is: %j',
    (body) => {
      expect(writtenIn(body)).toBe('');
    },
  );
});
