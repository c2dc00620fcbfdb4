#include "JSONMarks.h"
#include "CVector.h"

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

typedef struct {
  uint64_t quotes, backslashes, opens, closes, commas;
} marks64;

/// Where the marks of JSON stand in 64 bytes. A bracket and the brace of its side differ in one bit.
static inline __attribute__((always_inline)) marks64 marks(const uint8_t *p) {
  marks64 found = {0, 0, 0, 0, 0};
#if defined(__SSE2__)
  const __m128i bit = _mm_set1_epi8(0x20), open = _mm_set1_epi8('{'), close = _mm_set1_epi8('}');
  for (int i = 0; i < 4; i++) {
    __m128i bytes = _mm_loadu_si128((const __m128i *)(p + 16 * i)), folded = _mm_or_si128(bytes, bit);
#define MLP_BITS(mask) ((uint64_t)(uint32_t)_mm_movemask_epi8(mask) << (16 * i))
    found.quotes |= MLP_BITS(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    found.backslashes |= MLP_BITS(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    found.commas |= MLP_BITS(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
    found.opens |= MLP_BITS(_mm_cmpeq_epi8(folded, open));
    found.closes |= MLP_BITS(_mm_cmpeq_epi8(folded, close));
#undef MLP_BITS
  }
#else
  for (int i = 0; i < 64; i++) {
    found.quotes |= (uint64_t)(p[i] == '"') << i;
    found.backslashes |= (uint64_t)(p[i] == '\\') << i;
    found.commas |= (uint64_t)(p[i] == ',') << i;
    found.opens |= (uint64_t)((p[i] | 0x20) == '{') << i;
    found.closes |= (uint64_t)((p[i] | 0x20) == '}') << i;
  }
#endif
  return found;
}

/// The bytes behind a backslash that is not escaped itself; `*carry` says so of the first, and then of the byte after the word.
static inline uint64_t escaped(uint64_t backslashes, uint64_t *carry) {
  uint64_t found = *carry;
  *carry = 0;
  for (uint64_t left = backslashes & ~found; left;) {
    uint64_t bit = left & -left;
    if (bit >> 63) *carry = 1;
    found |= bit << 1;
    left &= ~(bit | bit << 1);
  }
  return found;
}

/// Each bit is the parity of the bits up to and including its own.
static inline uint64_t parities(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

MLP_CLONES
ptrdiff_t mlp_list_cut(const uint8_t *p, size_t n, mlp_list_state *state, ptrdiff_t *closed) {
  ptrdiff_t last = -1;
  for (size_t at = 0; at < n; at += 64) {
    uint64_t kept = n - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (n - at)) - 1;
    marks64 word = marks(p + at);
    uint64_t skipped = 0;
    if (word.backslashes | state->escapes) {
      // Past the end of a short word a carry would be of bytes that are not there yet.
      skipped = escaped(word.backslashes & kept, &state->escapes);
      if (kept != ~(uint64_t)0) state->escapes = skipped >> (n - at) & 1;
    }
    uint64_t quotes = word.quotes & kept & ~skipped;
    uint64_t inside = quotes | state->inside ? parities(quotes) ^ state->inside : 0;
    state->inside = kept == ~(uint64_t)0 ? 0 - (inside >> 63) : 0 - (inside >> (n - at - 1) & 1);
    uint64_t opens = word.opens & kept & ~inside, closes = word.closes & kept & ~inside;
    if (state->depth - __builtin_popcountll(closes) > 1) {
      state->depth += __builtin_popcountll(opens) - __builtin_popcountll(closes);
      continue;
    }
    for (uint64_t left = opens | closes | (word.commas & kept & ~inside); left; left &= left - 1) {
      uint64_t bit = left & -left;
      if (opens & bit) {
        state->depth++;
      } else if (!(closes & bit)) {
        if (state->depth == 1) last = (ptrdiff_t)(at + (size_t)__builtin_ctzll(bit));
      } else if (--state->depth <= 0) {
        *closed = (ptrdiff_t)(at + (size_t)__builtin_ctzll(bit));
        return last;
      }
    }
  }
  return last;
}
