#ifndef MLP_MEMORY_H
#define MLP_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/// Gives memory that was freed back to the system, so that it no longer counts as this process's.
void mlp_release_memory(void);

/// Lets the allocator keep buffers of chunks, which come and go all the time, for the next ones: the system would clear each of their
/// pages again. What is kept is at most so many bytes, in each of the heaps that threads share; `mlp_release_memory` gives it back.
void mlp_reuse_freed_memory(int most);

/// Sets address space aside, which is given up where the system refuses memory: the work that asked for it then has room to end
/// in an error. Nothing happens where it is set aside already.
void mlp_keep_reserve(void);

/// How many bytes the system refused since this was last asked; 0 where it gave all.
size_t mlp_take_refusal(void);

#endif
