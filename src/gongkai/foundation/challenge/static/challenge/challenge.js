// Searches for the number that a challenge wants, a few milliseconds at a time, so that typing is not disturbed.
// SHA-256 is written out because browsers offer theirs to pages over HTTPS only, and an intranet may have none.
const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  let found = 0;
  for (let n = 2; found < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = (n ** 0.5 % 1) * 2 ** 32;
    K[found] = (n ** (1 / 3) % 1) * 2 ** 32;
    found += 1;
  }
}
const W = new Uint32Array(64);

// the first word of the hash of a text shorter than 56 bytes, all ASCII
function firstWord(text) {
  W.fill(0);
  for (let i = 0; i < text.length; i += 1) W[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
  W[15] = text.length * 8;
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15];
    const b = W[i - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    W[i] = W[i - 16] + s0 + W[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + START[0]) >>> 0;
}

function work(place) {
  const nonce = place.dataset.challenge;
  const bits = Number(place.dataset.bits);
  let number = 0;
  function slice() {
    const until = performance.now() + 12;
    while (performance.now() < until) {
      for (let i = 0; i < 200; i += 1, number += 1) {
        if (firstWord(`${nonce}:${number}`) >>> (32 - bits) === 0) {
          place.querySelector('[name="challenge-work"]').value = String(number);
          place.querySelector("[data-question]").hidden = true;
          place.querySelector("[data-done]").hidden = false;
          return;
        }
      }
    }
    setTimeout(slice, 4);
  }
  slice();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll("[data-challenge]")) work(place);
});
