#ifndef MLP_MEMORY_H
#define MLP_MEMORY_H

/// Gives memory that was freed back to the system, so that it no longer counts as this process's.
void mlp_release_memory(void);

#endif
