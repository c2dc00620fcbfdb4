#ifndef MLP_FIELD_INDEX_H
#define MLP_FIELD_INDEX_H
#include <stddef.h>
#include <stdint.h>

/// Where the reading of a delimited text stands between two stretches of it.
typedef struct {
  /// All ones within a quoted field, else zero.
  uint64_t inside;
  /// Whether the byte before ended a field, or closed a quoted one.
  uint64_t after_mark, after_close;
  /// What was seen so far: bytes that are not ASCII, or NUL; quotes that do not open, close or double as RFC 4180 has it.
  int has_other, is_irregular;
  /// How many rows ended.
  int64_t rows;
} mlp_field_state;

/// Writes to `ends` where fields end in `p[from .. to)`: the places of delimiters and line breaks outside quotes. Gives how many.
///
/// `ends` needs room for `to - from` places and 64 more; 64 bytes past `to` must be readable.
size_t mlp_field_ends(const uint8_t *p, size_t from, size_t to, uint8_t delimiter, uint8_t terminator,
                      mlp_field_state *state, uint32_t *ends);

/// What a text's end is a part of.
enum { mlp_outside = 0, mlp_inside = 1, mlp_at_quote = 2 };

/// The place behind the last line break outside quotes in the `n` bytes at `p`, 0 if there is none, reading from what `*mode` says
/// stands before; `*mode` becomes what stands at the end. `starts_field` tells whether the first byte starts a field. 64 bytes past
/// the end must be readable.
size_t mlp_last_break(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t terminator, int starts_field, int *mode);
#endif
