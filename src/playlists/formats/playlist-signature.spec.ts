import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { newPrivateKeyPem, publicKeyPem, readPrivateKey, signPlaylist, verifyPlaylist } from './playlist-signature.js';

describe('the signature of a playlist', () => {
  const key = readPrivateKey(newPrivateKeyPem());
  const pem = publicKeyPem(key);
  const bytes = Buffer.from('{"date":"2026-11-25","items":[]}');
  const signature = signPlaylist(bytes, key);

  it('holds for exactly these bytes and this key', () => {
    expect(verifyPlaylist(bytes, signature, pem)).toBe(true);
    expect(verifyPlaylist(bytes, signature, publicKeyPem(readPrivateKey(newPrivateKeyPem())))).toBe(false);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(bytes);
        other[at]! ^= change;
        expect(verifyPlaylist(other, signature, pem)).toBe(false);
      }),
    );
  });

  it('says no to what is no signature and no key, without throwing', () => {
    for (const wrong of ['', 'x', `${signature}=`, signature.slice(1), `${signature}\n`, 'A'.repeat(86) + '==']) {
      expect(verifyPlaylist(bytes, wrong, pem)).toBe(false);
    }
    expect(verifyPlaylist(bytes, signature, 'not a key')).toBe(false);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(verifyPlaylist(bytes, signature, rsaPem)).toBe(false);
    const rsaPrivate = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => readPrivateKey(rsaPrivate)).toThrow('not an Ed25519 key');
  });
});
