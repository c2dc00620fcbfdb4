#ifndef CVECTOR_H
#define CVECTOR_H
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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
#endif
