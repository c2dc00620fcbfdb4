#include "CMemory.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Swift ends a process by a trap where the system refuses memory. The allocator is therefore entered here: a first refusal gives up
// a reserve and is told to whoever watches the work, a second ends the process with an error that says why.

enum { reserve_size = 96 << 20, failed_status = 1 };

static _Atomic(void *) reserve = NULL;
static atomic_size_t refused = 0;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

void mlp_keep_reserve(void) {
  if (atomic_load(&reserve) != NULL) return;
  void *place = mmap(NULL, reserve_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return;
  void *none = NULL;
  if (!atomic_compare_exchange_strong(&reserve, &none, place)) munmap(place, reserve_size);
}

size_t mlp_take_refusal(void) { return atomic_exchange(&refused, 0); }

/// Whether there is something to try again with.
static bool give_up_reserve(size_t size) {
  atomic_store(&refused, size > 0 ? size : 1);
  void *place = atomic_exchange(&reserve, NULL);
  return place != NULL && munmap(place, reserve_size) == 0;
}

static void end_refused(size_t size) {
  char words[160];
  int length = snprintf(
      words, sizeof words, "error[too-large]: the system refuses %zu MB more memory; the run ends here\n", size >> 20);
  if (length > 0 && write(STDERR_FILENO, words, (size_t)length) < 0) _exit(failed_status);
  _exit(failed_status);
}

void *malloc(size_t size) {
  void *place = __libc_malloc(size);
  if (place != NULL) return place;
  if (give_up_reserve(size)) place = __libc_malloc(size);
  if (place == NULL) end_refused(size);
  return place;
}

void *calloc(size_t count, size_t size) {
  void *place = __libc_calloc(count, size);
  if (place != NULL || count == 0 || size == 0) return place;
  if (give_up_reserve(count * size)) place = __libc_calloc(count, size);
  if (place == NULL) end_refused(count * size);
  return place;
}

void *realloc(void *old, size_t size) {
  void *place = __libc_realloc(old, size);
  if (place != NULL || size == 0) return place;
  if (give_up_reserve(size)) place = __libc_realloc(old, size);
  if (place == NULL) end_refused(size);
  return place;
}

int posix_memalign(void **place, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  *place = __libc_memalign(alignment, size);
  if (*place != NULL) return 0;
  if (give_up_reserve(size)) *place = __libc_memalign(alignment, size);
  if (*place == NULL) end_refused(size);
  return 0;
}

void *aligned_alloc(size_t alignment, size_t size) {
  void *place = __libc_memalign(alignment, size);
  if (place != NULL) return place;
  if (give_up_reserve(size)) place = __libc_memalign(alignment, size);
  if (place == NULL) end_refused(size);
  return place;
}
