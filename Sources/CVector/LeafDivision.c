#include "LeafDivision.h"
#include <pthread.h>
#include <string.h>

static ptrdiff_t divide(
    uint32_t *rows, uint32_t *rights, ptrdiff_t from, ptrdiff_t count, const uint8_t *cells, const uint8_t *is_left,
    ptrdiff_t lefts) {
  for (ptrdiff_t i = from; i < count; i++) {
    uint32_t row = rows[i];
    rows[lefts] = row;
    rights[i - lefts] = row;
    lefts += is_left[cells[row]];
  }
  return lefts;
}

#if defined(__x86_64__) && defined(__gnu_linux__)
#include <immintrin.h>

/// How many rows before its turn a row's cell is asked for.
#define AHEAD 64

/// For each set of eight rows the places of its members in order, a byte each.
static uint64_t members[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void list_members(void) {
  for (int set = 0; set < 256; set++) {
    int count = 0;
    for (uint64_t place = 0; place < 8; place++)
      if (set >> place & 1) members[set] |= place << (8 * count++);
  }
}

__attribute__((target("avx2"))) static __m256i chosen(__m256i rows, uint32_t set) {
  return _mm256_permutevar8x32_epi32(rows, _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)&members[set])));
}

__attribute__((target("avx2,popcnt"))) static ptrdiff_t divide_eights(
    uint32_t *rows, uint32_t *rights, ptrdiff_t count, const uint8_t *cells, const uint8_t *is_left) {
  ptrdiff_t lefts = 0, i = 0;
  for (; i + 8 <= count; i += 8) {
    uint32_t set = 0;
    if (i + AHEAD + 8 <= count)
      for (int place = 0; place < 8; place++) __builtin_prefetch(cells + rows[i + AHEAD + place]);
    for (int place = 0; place < 8; place++) set |= (uint32_t)is_left[cells[rows[i + place]]] << place;
    __m256i eight = _mm256_loadu_si256((const __m256i *)(rows + i));
    // Places behind the chosen ones are written too, and again by what comes next.
    _mm256_storeu_si256((__m256i *)(rows + lefts), chosen(eight, set));
    _mm256_storeu_si256((__m256i *)(rights + (i - lefts)), chosen(eight, set ^ 255));
    lefts += __builtin_popcount(set);
  }
  return divide(rows, rights, i, count, cells, is_left, lefts);
}

ptrdiff_t mlp_divide_rows(
    uint32_t *rows, uint32_t *rights, ptrdiff_t count, const uint8_t *cells, const uint8_t *is_left) {
  ptrdiff_t lefts;
  if (__builtin_cpu_supports("avx2")) {
    pthread_once(&once, list_members);
    lefts = divide_eights(rows, rights, count, cells, is_left);
  } else {
    lefts = divide(rows, rights, 0, count, cells, is_left, 0);
  }
  memcpy(rows + lefts, rights, (size_t)(count - lefts) * sizeof *rows);
  return lefts;
}
#else
ptrdiff_t mlp_divide_rows(
    uint32_t *rows, uint32_t *rights, ptrdiff_t count, const uint8_t *cells, const uint8_t *is_left) {
  ptrdiff_t lefts = divide(rows, rights, 0, count, cells, is_left, 0);
  memcpy(rows + lefts, rights, (size_t)(count - lefts) * sizeof *rows);
  return lefts;
}
#endif
