#include "FieldIndex.h"
#include "CVector.h"

#define QUOTE 0x22

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif


static inline __attribute__((always_inline)) uint64_t match64(const uint8_t *p, uint8_t byte) {
  uint64_t mask = 0;
  for (int i = 0; i < 4; i++) mask |= (uint64_t)mlp_match16(p + 16 * i, byte) << (16 * i);
  return mask;
}

/// One bit per byte of 64 that is not ASCII, or NUL.
static inline __attribute__((always_inline)) uint64_t others64(const uint8_t *p) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  for (int i = 0; i < 4; i++) {
    __m128i block = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    __m128i bad = _mm_or_si128(block, _mm_cmpeq_epi8(block, zero));
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(bad) << (16 * i);
  }
#else
  for (int i = 0; i < 64; i++) mask |= (uint64_t)(p[i] == 0 || p[i] >= 0x80) << i;
#endif
  return mask;
}

/// Each bit is the parity of the bits up to and including its own.
static inline uint64_t parities(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

/// What quotes in a word of 64 bytes hide, and whether they stand where they may.
static inline uint64_t quoted(const uint8_t *p, uint64_t quotes, uint64_t marked, uint64_t terminators,
                              uint8_t terminator, mlp_field_state *state) {
  uint64_t inside = parities(quotes) ^ state->inside;
  uint64_t visible = marked & ~inside;
  uint64_t opening = quotes & inside, closing = quotes & ~inside;
  uint64_t after_mark = visible << 1 | state->after_mark, after_close = closing << 1 | state->after_close;
  uint64_t returns = terminator == '\n' ? match64(p, '\r') : 0;
  returns &= terminators >> 1 | (uint64_t)(p[64] == terminator) << 63;
  if ((opening & ~(after_mark | after_close)) | (after_close & ~(visible | opening | returns))) state->is_irregular = 1;
  state->after_close = closing >> 63;
  state->inside = 0 - (inside >> 63);
  return visible;
}

MLP_CLONES
size_t mlp_field_ends(const uint8_t *p, size_t from, size_t to, uint8_t delimiter, uint8_t terminator,
                      mlp_field_state *state, uint32_t *ends) {
  uint32_t *out = ends;
  uint64_t others = 0;
  int64_t rows = 0;
  for (size_t at = from; at < to; at += 64) {
    const uint8_t *word = p + at;
    uint64_t kept = to - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (to - at)) - 1;
    uint64_t terminators = match64(word, terminator) & kept;
    uint64_t visible = (match64(word, delimiter) & kept) | terminators;
    uint64_t quotes = match64(word, QUOTE) & kept;
    others |= others64(word) & kept;
    if (quotes | state->inside | state->after_close) visible = quoted(word, quotes, visible, terminators, terminator, state);
    state->after_mark = visible >> 63;
    rows += __builtin_popcountll(visible & terminators);
    int count = __builtin_popcountll(visible);
    uint32_t *next = out + count;
    // Eight at a time without looking: the place of no bit is written over by the next word.
    while (visible) {
      for (int i = 0; i < 8; i++) {
        out[i] = (uint32_t)at + (uint32_t)__builtin_ctzll(visible | (uint64_t)1 << 63);
        visible &= visible - 1;
      }
      out += 8;
    }
    out = next;
  }
  if (others) state->has_other = 1;
  state->rows += rows;
  return (size_t)(out - ends);
}

MLP_CLONES
size_t mlp_last_break(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t terminator, int starts_field, int *mode) {
  size_t last = 0;
  int now = *mode;
  for (size_t at = 0; at < n; at += 64) {
    const uint8_t *word = p + at;
    uint64_t kept = n - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (n - at)) - 1;
    uint64_t quotes = match64(word, QUOTE) & kept, terminators = match64(word, terminator) & kept;
    // Bits of the word that are not read yet.
    uint64_t left = kept;
    while (left) {
      if (now == mlp_at_quote) {
        // A second quote makes one; anything else ends the quoted part.
        uint64_t first = left & -left;
        now = quotes & first ? mlp_inside : mlp_outside;
        if (now == mlp_inside) left &= left - 1;
        continue;
      }
      uint64_t coming = quotes & left;
      uint64_t bit = coming & -coming;
      uint64_t before = coming ? left & (bit - 1) : left;
      if (now == mlp_outside && (terminators & before))
        last = at + 64 - (size_t)__builtin_clzll(terminators & before);
      if (!coming) break;
      left &= ~(before | bit);
      if (now == mlp_inside) {
        now = mlp_at_quote;
      } else {
        size_t place = at + (size_t)__builtin_ctzll(bit);
        int starts = place == 0 ? starts_field : p[place - 1] == delimiter || p[place - 1] == terminator;
        if (starts) now = mlp_inside;
      }
    }
  }
  *mode = now;
  return last;
}
