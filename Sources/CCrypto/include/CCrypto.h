#ifndef CCRYPTO_H
#define CCRYPTO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libcrypto of OpenSSL 3, loaded when a text is first encrypted: a program that encrypts nothing starts without it and does not need it.

/// The library's file, and the Debian package that has it.
#define MLP_CRYPTO_FILE "libcrypto.so.3"
#define MLP_CRYPTO_PACKAGE "libssl3"

enum { mlp_siv_key_bytes = 64, mlp_siv_tag_bytes = 16 };

/// Whether the library is there and has the cipher; tried once.
bool mlp_crypto_load(void);

/// AES-256-SIV without associated data (RFC 5297): the tag, and behind it the text encrypted. `sealed` has room for `count` bytes and the
/// tag's. `count` is above 0. False where the library fails; only after mlp_crypto_load gave true.
bool mlp_siv_seal(const uint8_t *key, const uint8_t *text, size_t count, uint8_t *sealed);

/// The text of `count` sealed bytes, which are more than the tag's. False where they were not sealed with the key.
bool mlp_siv_open(const uint8_t *key, const uint8_t *sealed, size_t count, uint8_t *text);
#endif
