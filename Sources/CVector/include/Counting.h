#ifndef MLP_COUNTING_H
#define MLP_COUNTING_H
#include <stddef.h>

/// How many of `count` values are less than `low`, and how many are not above `high`; not-a-number is neither. Swift makes a branch
/// of each comparison, which takes ten times as long where it can not be foretold.
void mlp_count_around(const double *values, ptrdiff_t count, double low, double high, ptrdiff_t *below, ptrdiff_t *upto);

/// Puts the values from `low` to `high` at `target`, in their order, and gives how many there are. One more than these is written.
ptrdiff_t mlp_collect_within(const double *values, ptrdiff_t count, double low, double high, double *target);

/// How many of some values are numbers, how many of these are less than a window's lower end, and how many are its middle.
typedef struct {
  ptrdiff_t numbers, below, equal;
} mlp_around_counts;

/// Puts the values from `low` to `high` that are not `middle` at `target`, in their order, and gives how many there are; adds to
/// `counts`. One more than these is written.
ptrdiff_t mlp_collect_around(
    const double *values, ptrdiff_t count, double low, double middle, double high, double *target,
    mlp_around_counts *counts);

#endif
