import { facebookLink } from './permalink.js';

describe('a pasted link', () => {
  it.each([
    ['https://www.facebook.com/hatinh/posts/pfbid02x', 'https://www.facebook.com/hatinh/posts/pfbid02x'],
    ['  https://m.facebook.com/story.php?story_fbid=1&id=2#top ', 'https://m.facebook.com/story.php?story_fbid=1&id=2'],
    ['https://fb.watch/abc/', 'https://fb.watch/abc/'],
    ['https://FB.com/1', 'https://fb.com/1'],
  ])('%s', (pasted, kept) => expect(facebookLink(pasted)).toBe(kept));

  it.each([
    '',
    'facebook.com/x',
    'http://www.facebook.com/x',
    'https://www.facebook.com',
    'https://facebook.com.example.org/x',
    'https://notfacebook.com/x',
    'https://www.facebook.com@example.org/x',
    'https://user:pass@www.facebook.com/x',
    'https://www.facebook.com:8443/x',
    'javascript:alert(1)//facebook.com',
  ])('not %s', (pasted) => expect(() => facebookLink(pasted)).toThrow('permalink'));
});
