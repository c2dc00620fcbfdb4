#ifndef CREGULAREXPRESSIONS_H
#define CREGULAREXPRESSIONS_H
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdint.h>

/* PCRE2's functions are macros over the width of a code unit, which Swift does not see; hence these wrappers. */

/// A compiled pattern. Read-only after compiling, so threads may share it.
typedef struct mlp_regex {
  pcre2_code *code;
  uint32_t groups;
} mlp_regex;

/// What one thread needs for matching.
typedef struct mlp_regex_scratch {
  pcre2_match_data *data;
  pcre2_match_context *context;
  pcre2_jit_stack *stack;
} mlp_regex_scratch;

/// Gives a pattern without code where it is bad, with PCRE2's error number and the byte at which it was seen.
static inline mlp_regex mlp_regex_compile(const uint8_t *pattern, size_t length, int *error, size_t *offset) {
  mlp_regex regex = {0, 0};
  // Invalid UTF-8 never matches, rather than being undefined; \C could end inside a character.
  uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
  regex.code = pcre2_compile(pattern, length, options, error, offset, 0);
  if (regex.code) {
    pcre2_pattern_info(regex.code, PCRE2_INFO_CAPTURECOUNT, &regex.groups);
    // A pattern that the JIT cannot take is run by the interpreter.
    pcre2_jit_compile(regex.code, PCRE2_JIT_COMPLETE);
  }
  return regex;
}

static inline void mlp_regex_free(mlp_regex regex) { pcre2_code_free(regex.code); }

static inline int mlp_regex_message(int error, uint8_t *buffer, size_t size) {
  return pcre2_get_error_message(error, buffer, size);
}

/// Memory for matches with up to `pairs` groups; the limits end a match that backtracks without end. Parts may be null when memory
/// ran out.
static inline mlp_regex_scratch mlp_regex_scratch_create(uint32_t pairs, uint32_t matches, uint32_t depth) {
  mlp_regex_scratch scratch;
  scratch.data = pcre2_match_data_create(pairs, 0);
  scratch.context = pcre2_match_context_create(0);
  scratch.stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, 0);
  if (scratch.context) {
    pcre2_set_match_limit(scratch.context, matches);
    pcre2_set_depth_limit(scratch.context, depth);
    pcre2_set_heap_limit(scratch.context, 20000);
    if (scratch.stack) pcre2_jit_stack_assign(scratch.context, 0, scratch.stack);
  }
  return scratch;
}

static inline void mlp_regex_scratch_free(mlp_regex_scratch scratch) {
  pcre2_jit_stack_free(scratch.stack);
  pcre2_match_context_free(scratch.context);
  pcre2_match_data_free(scratch.data);
}

/// 1 for a match, 0 for none, below 0 when a limit was hit.
static inline int mlp_regex_match(
    mlp_regex regex, mlp_regex_scratch scratch, const uint8_t *text, size_t length, size_t start, int not_empty) {
  if (!scratch.data || !scratch.context) return -1;
  uint32_t options = not_empty ? PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED : 0;
  int found = pcre2_match(regex.code, text, length, start, options, scratch.data, scratch.context);
  return found >= 0 ? 1 : found == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

/// Start and end of a group in the last match; SIZE_MAX for a group that took no part.
static inline size_t mlp_regex_bound(mlp_regex_scratch scratch, uint32_t place) {
  if (place >= 2 * pcre2_get_ovector_count(scratch.data)) return SIZE_MAX;
  return pcre2_get_ovector_pointer(scratch.data)[place];
}
#endif
