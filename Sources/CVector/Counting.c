#include "Counting.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

MLP_CLONES
void mlp_count_around(const double *values, ptrdiff_t count, double low, double high, ptrdiff_t *below, ptrdiff_t *upto) {
  ptrdiff_t less = 0, most = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    less += values[i] < low;
    most += values[i] <= high;
  }
  *below = less, *upto = most;
}

ptrdiff_t mlp_collect_within(const double *values, ptrdiff_t count, double low, double high, double *target) {
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    target[kept] = values[i];
    kept += (values[i] >= low) & (values[i] <= high);
  }
  return kept;
}

MLP_CLONES
static void count_three(const double *values, ptrdiff_t count, double low, double middle, mlp_around_counts *counts) {
  ptrdiff_t numbers = 0, below = 0, equal = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    numbers += values[i] == values[i];
    below += values[i] < low;
    equal += values[i] == middle;
  }
  counts->numbers += numbers, counts->below += below, counts->equal += equal;
}

ptrdiff_t mlp_collect_around(
    const double *values, ptrdiff_t count, double low, double middle, double high, double *target,
    mlp_around_counts *counts) {
  count_three(values, count, low, middle, counts);
  ptrdiff_t kept = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    target[kept] = values[i];
    kept += (values[i] >= low) & (values[i] <= high) & (values[i] != middle);
  }
  return kept;
}
