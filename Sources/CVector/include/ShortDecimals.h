#ifndef MLP_SHORT_DECIMALS_H
#define MLP_SHORT_DECIMALS_H
#include <stddef.h>
#include <stdint.h>

/// Reads one field of each row as decimals of up to seven digits, four rows at a time: a sign perhaps, digits without needless zeros in
/// front, a point, digits. Gives how many rows it read, a multiple of four: it stops before four of which one is written otherwise, and
/// reads none on a processor without AVX2.
///
/// A row's field stands behind `p[marks[0]]` and before `p[marks[1]]`; the row after has its marks `stride` places further on. Eight
/// bytes on both sides of a field must be readable.
size_t mlp_short_decimals(const uint8_t *p, const uint32_t *marks, size_t stride, size_t rows, double *values);
#endif
