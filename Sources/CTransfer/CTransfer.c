#include "CTransfer.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The numbers are part of libcurl's binary interface and never change: curl/curl.h, curl/multi.h.
enum {
  opt_write_data = 10001,
  opt_url = 10002,
  opt_error_buffer = 10010,
  opt_user_agent = 10018,
  opt_http_header = 10023,
  opt_header_data = 10029,
  opt_proxy = 10004,
  opt_username = 10173,
  opt_password = 10174,
  opt_protocols_text = 10318,
  opt_write_function = 20011,
  opt_header_function = 20079,
  opt_low_speed_limit = 19,
  opt_low_speed_time = 20,
  opt_follow_location = 52,
  opt_connect_timeout = 78,
  opt_http_auth = 107,
  opt_no_signal = 99,
  opt_protocols = 181,
  info_status = 0x200002,
  info_redirection = 0x10001F,
};

struct list;
struct message {
  int kind;
  void *easy;
  union {
    void *whatever;
    int code;
  } data;
};

static struct {
  int (*global_init)(long);
  void *(*easy_init)(void);
  int (*easy_setopt)(void *, int, ...);
  int (*easy_getinfo)(void *, int, ...);
  void (*easy_cleanup)(void *);
  const char *(*easy_strerror)(int);
  void *(*multi_init)(void);
  int (*multi_add_handle)(void *, void *);
  int (*multi_remove_handle)(void *, void *);
  int (*multi_perform)(void *, int *);
  int (*multi_poll)(void *, void *, unsigned int, int, int *);
  struct message *(*multi_info_read)(void *, int *);
  int (*multi_cleanup)(void *);
  struct list *(*slist_append)(struct list *, const char *);
  void (*slist_free_all)(struct list *);
} curl;

static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen(MLP_TRANSFER_FILE, RTLD_NOW | RTLD_LOCAL);
  // The same with another library for encryption, which git brings along.
  if (!library) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  const struct {
    void *place;
    const char *name;
  } functions[] = {
    {&curl.global_init, "curl_global_init"},
    {&curl.easy_init, "curl_easy_init"},
    {&curl.easy_setopt, "curl_easy_setopt"},
    {&curl.easy_getinfo, "curl_easy_getinfo"},
    {&curl.easy_cleanup, "curl_easy_cleanup"},
    {&curl.easy_strerror, "curl_easy_strerror"},
    {&curl.multi_init, "curl_multi_init"},
    {&curl.multi_add_handle, "curl_multi_add_handle"},
    {&curl.multi_remove_handle, "curl_multi_remove_handle"},
    {&curl.multi_perform, "curl_multi_perform"},
    {&curl.multi_poll, "curl_multi_poll"},
    {&curl.multi_info_read, "curl_multi_info_read"},
    {&curl.multi_cleanup, "curl_multi_cleanup"},
    {&curl.slist_append, "curl_slist_append"},
    {&curl.slist_free_all, "curl_slist_free_all"},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    void *function = dlsym(library, functions[i].name);
    if (!function) return;
    // POSIX has dlsym give functions as pointers to data.
    *(void **)functions[i].place = function;
  }
  // CURL_GLOBAL_ALL
  is_loaded = curl.global_init(3) == 0;
}

bool mlp_transfer_load(void) {
  pthread_once(&once, load);
  return is_loaded;
}

struct mlp_transfer {
  void *easy;
  void *multi;
  struct list *headers;
  mlp_transfer_taker *take;
  void *taker;
  int code;
  // CURL_ERROR_SIZE
  char words[256];
};

static size_t take(char *bytes, size_t size, size_t count, void *pointer) {
  struct mlp_transfer *transfer = pointer;
  return transfer->take(transfer->taker, (const uint8_t *)bytes, (int64_t)(size * count), false) ? size * count : 0;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *pointer) {
  struct mlp_transfer *transfer = pointer;
  return transfer->take(transfer->taker, (const uint8_t *)bytes, (int64_t)(size * count), true) ? size * count : 0;
}

static bool add_header(struct mlp_transfer *transfer, const char *line) {
  struct list *longer = curl.slist_append(transfer->headers, line);
  if (!longer) return false;
  transfer->headers = longer;
  return true;
}

/// Asks for the rest of a file, in the state that the validator names.
static bool add_range(struct mlp_transfer *transfer, const struct mlp_transfer_request *request) {
  char line[1200];
  snprintf(line, sizeof line, "Range: bytes=%lld-", (long long)request->start);
  if (!add_header(transfer, line)) return false;
  int length = snprintf(line, sizeof line, "If-Range: %s", request->validator);
  return length > 0 && length < (int)sizeof line && add_header(transfer, line);
}

static bool set_up(struct mlp_transfer *transfer, const struct mlp_transfer_request *request) {
  void *easy = transfer->easy;
  int (*set)(void *, int, ...) = curl.easy_setopt;
  // From 7.85 on by names; before that as bits, 1 for http and 2 for https.
  if (set(easy, opt_protocols_text, "http,https") != 0 && set(easy, opt_protocols, 3L) != 0) return false;
  if (request->start > 0 && !add_range(transfer, request)) return false;
  if (request->user) {
    // CURLAUTH_BASIC
    if (set(easy, opt_username, request->user) != 0 || set(easy, opt_password, request->password) != 0 ||
        set(easy, opt_http_auth, 1L) != 0)
      return false;
  }
  if (request->refuses_proxy && set(easy, opt_proxy, "") != 0) return false;
  if (transfer->headers && set(easy, opt_http_header, transfer->headers) != 0) return false;
  return set(easy, opt_url, request->url) == 0 && set(easy, opt_no_signal, 1L) == 0 &&
         set(easy, opt_error_buffer, transfer->words) == 0 && set(easy, opt_user_agent, request->agent) == 0 &&
         set(easy, opt_follow_location, 0L) == 0 &&
         set(easy, opt_connect_timeout, (long)request->connect_seconds) == 0 &&
         set(easy, opt_low_speed_limit, 1L) == 0 &&
         set(easy, opt_low_speed_time, (long)request->silent_seconds) == 0 &&
         set(easy, opt_write_function, take) == 0 && set(easy, opt_write_data, transfer) == 0 &&
         set(easy, opt_header_function, take_header) == 0 && set(easy, opt_header_data, transfer) == 0;
}

struct mlp_transfer *mlp_transfer_begin(
  const struct mlp_transfer_request *request, mlp_transfer_taker *taker, void *pointer) {
  struct mlp_transfer *transfer = calloc(1, sizeof *transfer);
  if (!transfer) return NULL;
  transfer->take = taker;
  transfer->taker = pointer;
  transfer->easy = curl.easy_init();
  transfer->multi = curl.multi_init();
  if (transfer->easy && transfer->multi && set_up(transfer, request) &&
      curl.multi_add_handle(transfer->multi, transfer->easy) == 0)
    return transfer;
  mlp_transfer_end(transfer);
  return NULL;
}

enum mlp_transfer_state mlp_transfer_run(struct mlp_transfer *transfer, int milliseconds) {
  int running = 0;
  int left = 0;
  if (curl.multi_perform(transfer->multi, &running) != 0) return mlp_transfer_failed;
  for (struct message *message; (message = curl.multi_info_read(transfer->multi, &left));) {
    // CURLMSG_DONE
    if (message->kind != 1) continue;
    transfer->code = message->data.code;
    return transfer->code == 0 ? mlp_transfer_done : mlp_transfer_failed;
  }
  if (curl.multi_poll(transfer->multi, NULL, 0, milliseconds, NULL) != 0) return mlp_transfer_failed;
  return mlp_transfer_running;
}

int mlp_transfer_code(const struct mlp_transfer *transfer) { return transfer->code; }

const char *mlp_transfer_words(const struct mlp_transfer *transfer) {
  return transfer->words[0] ? transfer->words : curl.easy_strerror(transfer->code);
}

long mlp_transfer_status(const struct mlp_transfer *transfer) {
  long status = 0;
  curl.easy_getinfo(transfer->easy, info_status, &status);
  return status;
}

const char *mlp_transfer_redirection(const struct mlp_transfer *transfer) {
  const char *address = NULL;
  curl.easy_getinfo(transfer->easy, info_redirection, &address);
  return address;
}

void mlp_transfer_end(struct mlp_transfer *transfer) {
  if (transfer->easy && transfer->multi) curl.multi_remove_handle(transfer->multi, transfer->easy);
  if (transfer->easy) curl.easy_cleanup(transfer->easy);
  if (transfer->multi) curl.multi_cleanup(transfer->multi);
  if (transfer->headers) curl.slist_free_all(transfer->headers);
  free(transfer);
}
