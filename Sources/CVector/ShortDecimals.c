#include "ShortDecimals.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define PART AVX2 static inline __attribute__((always_inline))

/// The eight bytes at each of four places.
PART __m256i words(const void *a, const void *b, const void *c, const void *d) {
  __m128d low = _mm_loadh_pd(_mm_castsi128_pd(_mm_loadl_epi64(a)), b);
  __m128d high = _mm_loadh_pd(_mm_castsi128_pd(_mm_loadl_epi64(c)), d);
  return _mm256_castpd_si256(_mm256_insertf128_pd(_mm256_castpd128_pd256(low), high, 1));
}

PART __m256i all(int64_t value) { return _mm256_set1_epi64x(value); }

/// Characters less '0', the first in the lowest byte: digits, where the point stands as `point`.
enum { point = '.' ^ '0' };

/// Four decimals without their signs. `written` are their last eight characters less '0', `shift` how many bits of these are not theirs.
/// A digit is worth its place and the point none; the sum is exact, and so is the power of ten, so that their quotient is the double
/// nearest to what is written. 0 where one of the four is no such decimal.
PART int values4(__m256i written, __m256i shift, __m256d *values) {
  const __m256i none = _mm256_setzero_si256();
  __m256i text = _mm256_srlv_epi64(written, shift);
  __m256i points = _mm256_cmpeq_epi8(text, _mm256_set1_epi8(point));
  // Bits under the first point: all where there is none.
  __m256i whole = _mm256_andnot_si256(points, _mm256_xor_si256(_mm256_add_epi64(points, all(-1)), points));
  __m256i behind = _mm256_andnot_si256(_mm256_or_si256(whole, points), all(-1));
  __m256i digits = _mm256_or_si256(_mm256_and_si256(text, behind), _mm256_slli_epi64(_mm256_and_si256(text, whole), 8));
  digits = _mm256_sllv_epi64(digits, shift);
  __m256i fraction = _mm256_sad_epu8(_mm256_and_si256(_mm256_sllv_epi64(behind, shift), _mm256_set1_epi8(1)), none);

  // No digit; no fraction, or more characters than eight; nothing before the point; a zero before other digits.
  __m256i first = _mm256_and_si256(text, all(0xFF)), two = _mm256_and_si256(text, all(0xFFFF));
  __m256i wrong = _mm256_or_si256(_mm256_subs_epu8(digits, _mm256_set1_epi8(9)), _mm256_cmpeq_epi64(fraction, none));
  wrong = _mm256_or_si256(wrong, _mm256_cmpeq_epi64(whole, none));
  wrong = _mm256_or_si256(wrong, _mm256_andnot_si256(_mm256_cmpeq_epi64(two, all(point << 8)), _mm256_cmpeq_epi64(first, none)));
  if (!_mm256_testz_si256(wrong, wrong)) return 0;

  // Neighbours are added, then pairs, then fours; a whole number below 2^52 is the low part of a double between 2^52 and 2^53.
  __m256i fours = _mm256_madd_epi16(_mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010A)), _mm256_set1_epi32(0x00010064));
  __m256i sum = _mm256_add_epi64(_mm256_mul_epu32(fours, all(10000)), _mm256_srli_epi64(fours, 32));
  const __m256i above = all(0x4330000000000000);
  __m256d number = _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(sum, above)), _mm256_castsi256_pd(above));

  const __m256 tens = _mm256_setr_ps(1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f);
  const __m256i even = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  __m256 power = _mm256_permutevar8x32_ps(_mm256_permutevar8x32_ps(tens, fraction), even);
  *values = _mm256_div_pd(number, _mm256_cvtps_pd(_mm256_castps256_ps128(power)));
  return 1;
}

AVX2 static size_t read_all(const uint8_t *p, const uint32_t *marks, size_t stride, size_t rows, double *values) {
  size_t row = 0;
  for (; row + 4 <= rows; row += 4) {
    const uint32_t *a = marks + row * stride, *b = a + stride, *c = b + stride, *d = c + stride;
    __m256i places = words(a, b, c, d);
    // A mark before the text's start is all ones, and the place behind it 0.
    __m256i head = words(p + (uint32_t)(a[0] + 1), p + (uint32_t)(b[0] + 1), p + (uint32_t)(c[0] + 1), p + (uint32_t)(d[0] + 1));
    __m256i last = words(p + a[1] - 8, p + b[1] - 8, p + c[1] - 8, p + d[1] - 8);
    __m256i negative = _mm256_cmpeq_epi64(_mm256_and_si256(head, all(0xFF)), all('-'));
    __m256i starts = _mm256_and_si256(_mm256_add_epi32(places, all(1)), all(0xFFFFFFFF));
    __m256i counts = _mm256_add_epi64(_mm256_sub_epi64(_mm256_srli_epi64(places, 32), starts), negative);
    // Out of 0 ... 64 where there are more characters than eight: such shifts leave nothing.
    __m256i shift = _mm256_sub_epi64(all(64), _mm256_slli_epi64(counts, 3));
    __m256d four;
    if (!values4(_mm256_xor_si256(last, _mm256_set1_epi8('0')), shift, &four)) break;
    _mm256_storeu_pd(values + row, _mm256_or_pd(four, _mm256_castsi256_pd(_mm256_slli_epi64(negative, 63))));
  }
  return row;
}

size_t mlp_short_decimals(const uint8_t *p, const uint32_t *marks, size_t stride, size_t rows, double *values) {
  return __builtin_cpu_supports("avx2") ? read_all(p, marks, stride, rows, values) : 0;
}
#else
size_t mlp_short_decimals(const uint8_t *p, const uint32_t *marks, size_t stride, size_t rows, double *values) {
  (void)p, (void)marks, (void)stride, (void)rows, (void)values;
  return 0;
}
#endif
