#include "CCrypto.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>

// The numbers are part of libcrypto's binary interface: openssl/evp.h.
enum { get_tag = 0x10, set_tag = 0x11 };

static struct {
  void *(*fetch)(void *, const char *, const char *);
  void *(*new_context)(void);
  void (*free_context)(void *);
  int (*init)(void *, const void *, const unsigned char *, const unsigned char *, int, const void *);
  int (*update)(void *, unsigned char *, int *, const unsigned char *, int);
  int (*final)(void *, unsigned char *, int *);
  int (*control)(void *, int, int, void *);
  void (*clear_errors)(void);
} crypto;

static void *cipher;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen(MLP_CRYPTO_FILE, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  const struct {
    void *place;
    const char *name;
  } functions[] = {
    {&crypto.fetch, "EVP_CIPHER_fetch"},
    {&crypto.new_context, "EVP_CIPHER_CTX_new"},
    {&crypto.free_context, "EVP_CIPHER_CTX_free"},
    {&crypto.init, "EVP_CipherInit_ex2"},
    {&crypto.update, "EVP_CipherUpdate"},
    {&crypto.final, "EVP_CipherFinal_ex"},
    {&crypto.control, "EVP_CIPHER_CTX_ctrl"},
    {&crypto.clear_errors, "ERR_clear_error"},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    void *function = dlsym(library, functions[i].name);
    if (!function) return;
    // POSIX has dlsym give functions as pointers to data.
    *(void **)functions[i].place = function;
  }
  cipher = crypto.fetch(NULL, "AES-256-SIV", NULL);
}

bool mlp_crypto_load(void) {
  pthread_once(&once, load);
  return cipher != NULL;
}

// What failed is told by what is given back; the library's own list of it would only grow.
static bool done(void *context, bool is_done) {
  crypto.free_context(context);
  if (!is_done) crypto.clear_errors();
  return is_done;
}

bool mlp_siv_seal(const uint8_t *key, const uint8_t *text, size_t count, uint8_t *sealed) {
  int length = 0, rest = 0;
  void *context = count <= INT_MAX - mlp_siv_tag_bytes ? crypto.new_context() : NULL;
  if (!context) return false;
  return done(
    context, crypto.init(context, cipher, key, NULL, 1, NULL) == 1 &&
               crypto.update(context, sealed + mlp_siv_tag_bytes, &length, text, (int)count) == 1 &&
               crypto.final(context, sealed + mlp_siv_tag_bytes + length, &rest) == 1 && (size_t)length == count &&
               crypto.control(context, get_tag, mlp_siv_tag_bytes, sealed) == 1);
}

bool mlp_siv_open(const uint8_t *key, const uint8_t *sealed, size_t count, uint8_t *text) {
  int length = 0, rest = 0;
  void *context = count <= INT_MAX && count > mlp_siv_tag_bytes ? crypto.new_context() : NULL;
  if (!context) return false;
  return done(
    context, crypto.init(context, cipher, key, NULL, 0, NULL) == 1 &&
               crypto.control(context, set_tag, mlp_siv_tag_bytes, (void *)sealed) == 1 &&
               crypto.update(context, text, &length, sealed + mlp_siv_tag_bytes, (int)(count - mlp_siv_tag_bytes)) == 1 &&
               crypto.final(context, text + length, &rest) == 1 && (size_t)length == count - mlp_siv_tag_bytes);
}
