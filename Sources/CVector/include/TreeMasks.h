#ifndef MLP_TREE_MASKS_H
#define MLP_TREE_MASKS_H
#include <stdint.h>

/// A tree node's part of one byte of a tree's masks: the rows whose byte of the column passes the test lose the leaves `clear`.
typedef struct {
  /// Where the column's bytes begin.
  int32_t column;
  int8_t test;
  uint8_t clear;
} mlp_mask_entry;

/// One byte of a tree's masks: entries that pass above their test, then those that pass below it, then those that pass at it.
typedef struct {
  int32_t start, below_start, equal_start, end;
} mlp_mask_plane;

/// For 64 rows the first leaf that no entry clears: byte `r` of `leaves` for the rows whose bytes are at `bytes[column + r]`, which
/// has to be 64-byte aligned. Swift compares bytes one by one, where this takes 16 or, on a processor with AVX2, 32 at a time.
void mlp_mask_exits(const int8_t *bytes, const mlp_mask_entry *entries, const mlp_mask_plane *planes, int32_t count,
                    uint8_t *leaves);

/// For `rows` values, `stride` doubles apart, how many of the ascending thresholds are below each, as a byte less 128; `missing` is
/// the count for not-a-number. There are `count` thresholds, one less than a power of two and at most 255.
void mlp_ranks(const double *values, int64_t stride, int64_t rows, const double *thresholds, int32_t bits,
               int32_t missing, int8_t *ranks);
#endif
