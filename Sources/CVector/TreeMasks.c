#include "TreeMasks.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

typedef uint8_t bytes64 __attribute__((vector_size(64)));
typedef int8_t signed64 __attribute__((vector_size(64)));

MLP_CLONES
void mlp_mask_exits(const int8_t *bytes, const mlp_mask_entry *entries, const mlp_mask_plane *planes, int32_t count,
                    uint8_t *leaves) {
  bytes64 found = {0}, at = {0};
  for (int32_t p = count - 1; p >= 0; p--) {
    bytes64 mask = ~(bytes64){0};
    for (int32_t i = planes[p].start; i < planes[p].below_start; i++) {
      const signed64 *column = (const signed64 *)(bytes + entries[i].column);
      mask &= ~((bytes64)(*column > entries[i].test) & entries[i].clear);
    }
    for (int32_t i = planes[p].below_start; i < planes[p].equal_start; i++) {
      const signed64 *column = (const signed64 *)(bytes + entries[i].column);
      mask &= ~((bytes64)(*column < entries[i].test) & entries[i].clear);
    }
    for (int32_t i = planes[p].equal_start; i < planes[p].end; i++) {
      const signed64 *column = (const signed64 *)(bytes + entries[i].column);
      mask &= ~((bytes64)(*column == entries[i].test) & entries[i].clear);
    }
    // An earlier byte counts before a later one.
    bytes64 empty = (bytes64)(mask == 0);
    found = (found & empty) | (mask & ~empty);
    at = (at & empty) | ((uint8_t)(8 * p) & ~empty);
  }
  bytes64 bit = found & -found;
  at |= (bytes64)((bit & 0xAA) != 0) & 1;
  at |= (bytes64)((bit & 0xCC) != 0) & 2;
  at |= (bytes64)((bit & 0xF0) != 0) & 4;
  *(bytes64 *)leaves = at;
}

// By shifts, since a compiler makes jumps of a choice between numbers, which a processor guesses wrong half the time. The number
// of bits is a constant wherever this is inlined, so that the loops have no counters.
static inline __attribute__((always_inline)) void ranks_of(const double *values, int64_t stride, int64_t rows,
                                                           const double *thresholds, int bits, int64_t missing,
                                                           int8_t *ranks) {
  int64_t row = 0;
  // Four searches at a time: one alone waits for each comparison.
  for (; row + 4 <= rows; row += 4) {
    const double *v = values + row * stride;
    double a = v[0], b = v[stride], c = v[2 * stride], d = v[3 * stride];
    int64_t i = 0, j = 0, k = 0, l = 0;
#pragma clang loop unroll(full)
    for (int bit = bits - 1; bit >= 0; bit--) {
      const double *t = thresholds + ((int64_t)1 << bit) - 1;
      i |= (int64_t)(t[i] < a) << bit;
      j |= (int64_t)(t[j] < b) << bit;
      k |= (int64_t)(t[k] < c) << bit;
      l |= (int64_t)(t[l] < d) << bit;
    }
    ranks[row] = (int8_t)((a != a ? missing : i) - 128);
    ranks[row + 1] = (int8_t)((b != b ? missing : j) - 128);
    ranks[row + 2] = (int8_t)((c != c ? missing : k) - 128);
    ranks[row + 3] = (int8_t)((d != d ? missing : l) - 128);
  }
  for (; row < rows; row++) {
    double a = values[row * stride];
    int64_t i = 0;
#pragma clang loop unroll(full)
    for (int bit = bits - 1; bit >= 0; bit--) i |= (int64_t)(thresholds[i + ((int64_t)1 << bit) - 1] < a) << bit;
    ranks[row] = (int8_t)((a != a ? missing : i) - 128);
  }
}

void mlp_ranks(const double *values, int64_t stride, int64_t rows, const double *thresholds, int32_t bits,
               int32_t missing, int8_t *ranks) {
  switch (bits) {
    case 1: return ranks_of(values, stride, rows, thresholds, 1, missing, ranks);
    case 2: return ranks_of(values, stride, rows, thresholds, 2, missing, ranks);
    case 3: return ranks_of(values, stride, rows, thresholds, 3, missing, ranks);
    case 4: return ranks_of(values, stride, rows, thresholds, 4, missing, ranks);
    case 5: return ranks_of(values, stride, rows, thresholds, 5, missing, ranks);
    case 6: return ranks_of(values, stride, rows, thresholds, 6, missing, ranks);
    case 7: return ranks_of(values, stride, rows, thresholds, 7, missing, ranks);
    default: return ranks_of(values, stride, rows, thresholds, 8, missing, ranks);
  }
}
