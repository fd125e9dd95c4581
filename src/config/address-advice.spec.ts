import { addressAdvice, isOwnMachine } from './address-advice.js';

it.each([
  [{ publicUrl: 'https://loa.vn', host: '127.0.0.1' }, undefined],
  [{ publicUrl: 'http://localhost:3000', host: '0.0.0.0' }, 'tìm Loa trên chính nó'],
  [{ publicUrl: undefined, host: '127.0.0.1' }, 'Chỉ máy này'],
  [{ publicUrl: undefined, host: '0.0.0.0' }, 'LOA_PUBLIC_URL chưa đặt'],
])('%j', (config, said) => {
  if (said === undefined) expect(addressAdvice(config)).toBeNull();
  else expect(addressAdvice(config)?.vi).toContain(said);
});

it('knows the names of the own machine', () => {
  for (const own of ['', 'localhost', '127.0.0.1', '::1', 'http://[::1]:3000', 'http://127.0.0.1:80'])
    expect([own, isOwnMachine(own)]).toEqual([own, true]);
  for (const other of ['0.0.0.0', '192.168.1.2', 'http://loa.vn', 'http://127.0.0.1.evil.vn'])
    expect([other, isOwnMachine(other)]).toEqual([other, false]);
});
