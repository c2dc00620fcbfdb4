#include "CMemory.h"

#include <malloc.h>

void mlp_release_memory(void) { malloc_trim(0); }

void mlp_reuse_freed_memory(int most) {
  mallopt(M_MMAP_THRESHOLD, most / 8);
  mallopt(M_TRIM_THRESHOLD, most);
}
