#include "LeafHashes.h"
#include <string.h>

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

typedef uint32_t words8 __attribute__((vector_size(32)));

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define ROTATED(x, by) ((x) >> (by) | (x) << (32 - (by)))

MLP_CLONES
void mlp_leaf_hashes(const uint8_t *bytes, int64_t size, uint32_t *states) {
  words8 state[8];
  for (int i = 0; i < 8; i++) state[i] = (words8){0} + start[i];
  for (int64_t at = 0; at < size; at += 64) {
    words8 w[16], v[8];
    for (int t = 0; t < 16; t++)
      for (int lane = 0; lane < 8; lane++) {
        uint32_t word;
        memcpy(&word, bytes + lane * size + at + 4 * t, 4);
        w[t][lane] = __builtin_bswap32(word);
      }
    memcpy(v, state, sizeof v);
#pragma clang loop unroll(full)
    for (int t = 0; t < 64; t++) {
      words8 now = w[t & 15];
      if (t >= 16) {
        words8 early = w[(t - 15) & 15], late = w[(t - 2) & 15];
        now += w[(t - 7) & 15] + (ROTATED(early, 7) ^ ROTATED(early, 18) ^ early >> 3) +
               (ROTATED(late, 17) ^ ROTATED(late, 19) ^ late >> 10);
        w[t & 15] = now;
      }
      words8 a = v[0], b = v[1], c = v[2], e = v[4], f = v[5], g = v[6];
      words8 first = v[7] + (ROTATED(e, 6) ^ ROTATED(e, 11) ^ ROTATED(e, 25)) + ((e & f) ^ (~e & g)) + constants[t] + now;
      words8 second = (ROTATED(a, 2) ^ ROTATED(a, 13) ^ ROTATED(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      v[7] = g, v[6] = f, v[5] = e, v[4] = v[3] + first, v[3] = c, v[2] = b, v[1] = a, v[0] = first + second;
    }
    for (int i = 0; i < 8; i++) state[i] += v[i];
  }
  for (int lane = 0; lane < 8; lane++)
    for (int i = 0; i < 8; i++) states[8 * lane + i] = state[i][lane];
}
