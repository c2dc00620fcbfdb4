#include "PairProducts.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

// A product and a sum stay two roundings: the same on every processor.
#pragma STDC FP_CONTRACT OFF

typedef double doubles4 __attribute__((vector_size(32), aligned(8)));

static inline double total(doubles4 sum) { return (sum[0] + sum[2]) + (sum[1] + sum[3]); }

// Two columns by four: eight sums and what they are made of are in registers.
static inline __attribute__((always_inline)) void two_by_four(
  const double *left, const double *right, ptrdiff_t stride, ptrdiff_t rows, double *sums) {
  doubles4 a = {0}, b = {0}, c = {0}, d = {0}, e = {0}, f = {0}, g = {0}, h = {0};
  for (ptrdiff_t row = 0; row < rows; row += 4) {
    const doubles4 one = *(const doubles4 *)(left + row), other = *(const doubles4 *)(left + stride + row);
    const doubles4 p = *(const doubles4 *)(right + row), q = *(const doubles4 *)(right + stride + row);
    const doubles4 r = *(const doubles4 *)(right + 2 * stride + row), s = *(const doubles4 *)(right + 3 * stride + row);
    a += one * p, b += one * q, c += one * r, d += one * s;
    e += other * p, f += other * q, g += other * r, h += other * s;
  }
  sums[0] = total(a), sums[1] = total(b), sums[2] = total(c), sums[3] = total(d);
  sums[4] = total(e), sums[5] = total(f), sums[6] = total(g), sums[7] = total(h);
}

MLP_CLONES
void mlp_pair_products(
  const double *left, const double *right, ptrdiff_t stride, ptrdiff_t rows, double *sums) {
  two_by_four(left, right, stride, rows, sums);
  two_by_four(left + 2 * stride, right, stride, rows, sums + 8);
}
