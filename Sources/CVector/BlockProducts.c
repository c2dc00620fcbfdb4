#include "BlockProducts.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

// Bytes ahead of what is read.
#define MLP_AHEAD 2048

// A product and a sum stay two roundings: the same on every processor.
#pragma STDC FP_CONTRACT OFF

typedef float floats8 __attribute__((vector_size(32), aligned(4)));
typedef float floats4 __attribute__((vector_size(16)));
typedef float floats2 __attribute__((vector_size(8)));
typedef double doubles4 __attribute__((vector_size(32), aligned(8)));
typedef double doubles2 __attribute__((vector_size(16)));

MLP_CLONES
void mlp_combine32(const float *weights, const float *columns, ptrdiff_t count, float *target) {
  floats8 *sums = (floats8 *)target;
  floats8 a = sums[0], b = sums[1], c = sums[2], d = sums[3];
  for (ptrdiff_t j = 0; j < count; j++) {
    const floats8 *values = (const floats8 *)(columns + 32 * j);
    __builtin_prefetch((const char *)values + MLP_AHEAD);
    __builtin_prefetch((const char *)values + MLP_AHEAD + 64);
    const float w = weights[j];
    a += w * values[0];
    b += w * values[1];
    c += w * values[2];
    d += w * values[3];
  }
  sums[0] = a, sums[1] = b, sums[2] = c, sums[3] = d;
}

MLP_CLONES
void mlp_project32(const float *vector, const float *columns, ptrdiff_t count, double *sums) {
  const floats8 *rows = (const floats8 *)vector;
  const floats8 a = rows[0], b = rows[1], c = rows[2], d = rows[3];
  for (ptrdiff_t j = 0; j < count; j++) {
    const floats8 *values = (const floats8 *)(columns + 32 * j);
    const floats8 sum = (a * values[0] + b * values[1]) + (c * values[2] + d * values[3]);
    const floats4 half = __builtin_shufflevector(sum, sum, 0, 1, 2, 3) + __builtin_shufflevector(sum, sum, 4, 5, 6, 7);
    const floats2 quarter = __builtin_shufflevector(half, half, 0, 1) + __builtin_shufflevector(half, half, 2, 3);
    sums[j] += (double)(quarter[0] + quarter[1]);
  }
}

MLP_CLONES
void mlp_combine32_doubles(const double *weights, const double *columns, ptrdiff_t count, double *target) {
  doubles4 *sums = (doubles4 *)target;
  doubles4 a = sums[0], b = sums[1], c = sums[2], d = sums[3], e = sums[4], f = sums[5], g = sums[6], h = sums[7];
  for (ptrdiff_t j = 0; j < count; j++) {
    const doubles4 *values = (const doubles4 *)(columns + 32 * j);
    for (int line = 0; line < 4; line++) __builtin_prefetch((const char *)values + MLP_AHEAD + 64 * line);
    const double w = weights[j];
    a += w * values[0], b += w * values[1], c += w * values[2], d += w * values[3];
    e += w * values[4], f += w * values[5], g += w * values[6], h += w * values[7];
  }
  sums[0] = a, sums[1] = b, sums[2] = c, sums[3] = d, sums[4] = e, sums[5] = f, sums[6] = g, sums[7] = h;
}

MLP_CLONES
void mlp_project32_doubles(const double *vector, const double *columns, ptrdiff_t count, double *sums) {
  const doubles4 *rows = (const doubles4 *)vector;
  for (ptrdiff_t j = 0; j < count; j++) {
    const doubles4 *values = (const doubles4 *)(columns + 32 * j);
    const doubles4 left = (rows[0] * values[0] + rows[1] * values[1]) + (rows[2] * values[2] + rows[3] * values[3]);
    const doubles4 right = (rows[4] * values[4] + rows[5] * values[5]) + (rows[6] * values[6] + rows[7] * values[7]);
    const doubles4 sum = left + right;
    const doubles2 half = __builtin_shufflevector(sum, sum, 0, 1) + __builtin_shufflevector(sum, sum, 2, 3);
    sums[j] += half[0] + half[1];
  }
}
