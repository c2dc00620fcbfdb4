#ifndef MLP_JSON_MARKS_H
#define MLP_JSON_MARKS_H
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// One bit for each of 16 bytes that may not stand in a plain JSON string: a quote, a backslash, a control character. With `all`
/// also those that are not ASCII.
static inline uint32_t mlp_string_marks16(const uint8_t *p, int all) {
#if defined(__SSE2__)
  __m128i bytes = _mm_loadu_si128((const __m128i *)p);
  __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  // Bytes beyond ASCII are negative; unsigned, those up to 0x1F are the ones that are their own minimum with it.
  __m128i others = all ? _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20))
                       : _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, others));
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++)
    mask |= (uint32_t)(p[i] == '"' || p[i] == '\\' || p[i] < 0x20 || (all && p[i] >= 0x80)) << i;
  return mask;
#endif
}

/// One bit for each of 16 bytes that is no digit, minus sign or point (or `/`, which is between them).
static inline uint32_t mlp_number_ends16(const uint8_t *p) {
#if defined(__SSE2__)
  __m128i above = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)p), _mm_set1_epi8('-'));
  __m128i within = _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8('9' - '-')), above);
  return ~(uint32_t)_mm_movemask_epi8(within) & 0xFFFF;
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++) mask |= (uint32_t)(p[i] < '-' || p[i] > '9') << i;
  return mask;
#endif
}

/// Where the reading of a JSON list stands between two stretches of it.
typedef struct {
  /// All ones within a string, else zero.
  uint64_t inside;
  /// 1 where a backslash stands before the next byte.
  uint64_t escapes;
  /// Brackets and braces that are open, the list's own among them.
  int64_t depth;
} mlp_list_state;

/// The place of the last comma between elements of the list in the `n` bytes at `p`, -1 where there is none. Where the list ends in
/// them, `*closed` becomes the place of what ends it, and nothing behind is looked at. 64 bytes past the end must be readable.
///
/// Where strings begin and end is known from the quotes that no backslash stands before (Langdale and Lemire, "Parsing Gigabytes of
/// JSON per Second", 2019). Brackets are only counted: what is wrong within an element is for its reader.
ptrdiff_t mlp_list_cut(const uint8_t *p, size_t n, mlp_list_state *state, ptrdiff_t *closed);

#endif
