#ifndef MLP_BLOCK_PRODUCTS_H
#define MLP_BLOCK_PRODUCTS_H
#include <stddef.h>

/// target[row] += the sum over j of weights[j] · columns[32 j + row], for 32 rows. A pass over columns that are in no cache takes two
/// thirds of what it takes in Swift, which has 16 bytes a step and no prefetch; results are the same bits on every processor.
void mlp_combine32(const float *weights, const float *columns, ptrdiff_t count, float *target);
void mlp_combine32_doubles(const double *weights, const double *columns, ptrdiff_t count, double *target);

/// sums[j] += the sum over 32 rows of vector[row] · columns[32 j + row].
void mlp_project32(const float *vector, const float *columns, ptrdiff_t count, double *sums);
void mlp_project32_doubles(const double *vector, const double *columns, ptrdiff_t count, double *sums);

#endif
