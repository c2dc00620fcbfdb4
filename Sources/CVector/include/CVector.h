#ifndef CVECTOR_H
#define CVECTOR_H
#include <stddef.h>
#include <stdint.h>
#include "BlockProducts.h"
#include "Counting.h"
#include "FieldIndex.h"
#include "JSONMarks.h"
#include "LeafDivision.h"
#include "LeafHashes.h"
#include "LogisticSteps.h"
#include "PairProducts.h"
#include "ShortDecimals.h"
#include "TreeMasks.h"
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Asks for the cache line at `p`, which need not be readable: Swift has no way to say so.
static inline void mlp_prefetch(const void *p) { __builtin_prefetch(p); }

/// Tells the processor that a loop waits for another thread.
static inline void mlp_pause(void) {
#if defined(__SSE2__)
  _mm_pause();
#endif
}

/// One bit per byte of 16 bytes at `p` that equals `byte`: Swift's SIMD types have no movemask.
static inline uint32_t mlp_match16(const uint8_t *p, uint8_t byte) {
#if defined(__SSE2__)
  __m128i block = _mm_loadu_si128((const __m128i *)p);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte)));
#else
  uint32_t mask = 0;
  for (int i = 0; i < 16; i++) mask |= (uint32_t)(p[i] == byte) << i;
  return mask;
#endif
}

/// One bit per byte of 64 bytes at `p` that equals `a`, `b` or `c`: what ends or opens a field of a delimited file.
static inline uint64_t mlp_structure64(const uint8_t *p, uint8_t a, uint8_t b, uint8_t c) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i va = _mm_set1_epi8((char)a), vb = _mm_set1_epi8((char)b), vc = _mm_set1_epi8((char)c);
  for (int i = 0; i < 4; i++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, va), _mm_cmpeq_epi8(block, vb)),
                               _mm_cmpeq_epi8(block, vc));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(hit) << (16 * i);
  }
#else
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == a || p[i] == b || p[i] == c) << i;
#endif
  return mask;
}

/// Whether all `n` bytes at `p` are ASCII and none is NUL, so that text in them needs no closer look.
static inline int mlp_is_plain_ascii(const uint8_t *p, size_t n) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  __m128i bad = zero;
  for (; i + 16 <= n; i += 16) {
    __m128i block = _mm_loadu_si128((const __m128i *)(p + i));
    bad = _mm_or_si128(bad, _mm_or_si128(block, _mm_cmpeq_epi8(block, zero)));
  }
  if (_mm_movemask_epi8(bad)) return 0;
#endif
  for (; i < n; i++) if (p[i] == 0 || p[i] >= 0x80) return 0;
  return 1;
}

/// How many of the `n` bytes at `p` equal `byte`.
static inline size_t mlp_count_byte(const uint8_t *p, size_t n, uint8_t byte) {
  size_t i = 0, count = 0;
  for (; i + 16 <= n; i += 16) count += (size_t)__builtin_popcount(mlp_match16(p + i, byte));
  for (; i < n; i++) count += p[i] == byte;
  return count;
}
#endif
