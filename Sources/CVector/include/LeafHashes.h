#ifndef MLP_LEAF_HASHES_H
#define MLP_LEAF_HASHES_H
#include <stdint.h>

/// The SHA-256 states (FIPS 180-4, without the padding at the end) of eight leaves of `size` bytes that stand one after the other at
/// `bytes`: eight words each. `size` is a multiple of 64. Swift's vectors have no rotation that a processor does eight at a time here.
void mlp_leaf_hashes(const uint8_t *bytes, int64_t size, uint32_t *states);
#endif
