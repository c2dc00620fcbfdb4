#include "CMemory.h"

#include <malloc.h>

void mlp_release_memory(void) { malloc_trim(0); }

void mlp_reuse_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 8 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
}
