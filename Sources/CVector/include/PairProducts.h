#ifndef MLP_PAIR_PRODUCTS_H
#define MLP_PAIR_PRODUCTS_H
#include <stddef.h>

/// sums[4 i + j] = the sum over `rows` rows of left[stride i + row] · right[stride j + row], for four columns on each side; `rows` is a
/// multiple of 4. Sixteen sums run side by side, each column read once for four of them; results are the same bits on every processor.
void mlp_pair_products(
  const double *left, const double *right, ptrdiff_t stride, ptrdiff_t rows, double *sums);

#endif
