#include "CMemory.h"

#include <malloc.h>

void mlp_release_memory(void) { malloc_trim(0); }
