#ifndef MLP_COUNTING_H
#define MLP_COUNTING_H
#include <stddef.h>

/// How many of `count` values are less than `low`, and how many are not above `high`; not-a-number is neither. Swift makes a branch
/// of each comparison, which takes ten times as long where it can not be foretold.
void mlp_count_around(const double *values, ptrdiff_t count, double low, double high, ptrdiff_t *below, ptrdiff_t *upto);

/// Puts the values from `low` to `high` at `target`, in their order, and gives how many there are. One more than these is written.
ptrdiff_t mlp_collect_within(const double *values, ptrdiff_t count, double low, double high, double *target);

#endif
