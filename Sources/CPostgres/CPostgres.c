#include "CPostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

typedef void notice_processor(void *argument, const char *message);

static struct {
  struct pg_conn *(*connect)(const char *const *, const char *const *, int);
  int (*connect_poll)(struct pg_conn *);
  int (*status)(const struct pg_conn *);
  int (*socket)(const struct pg_conn *);
  char *(*error)(const struct pg_conn *);
  void (*finish)(struct pg_conn *);
  notice_processor *(*set_notice_processor)(struct pg_conn *, notice_processor *, void *);
  int (*send)(
    struct pg_conn *, const char *, int, const unsigned int *, const char *const *, const int *, const int *, int);
  int (*send_prepare)(struct pg_conn *, const char *, const char *, int, const unsigned int *);
  int (*send_describe)(struct pg_conn *, const char *);
  int (*consume)(struct pg_conn *);
  int (*is_busy)(struct pg_conn *);
  struct pg_result *(*result)(struct pg_conn *);
  int (*result_status)(const struct pg_result *);
  char *(*result_field)(const struct pg_result *, int);
  int (*row_count)(const struct pg_result *);
  int (*column_count)(const struct pg_result *);
  char *(*column_name)(const struct pg_result *, int);
  unsigned int (*column_type)(const struct pg_result *, int);
  int (*column_modifier)(const struct pg_result *, int);
  int (*is_null)(const struct pg_result *, int, int);
  char *(*value)(const struct pg_result *, int, int);
  int (*length)(const struct pg_result *, int, int);
  void (*clear)(struct pg_result *);
  struct pg_cancel *(*cancel_of)(struct pg_conn *);
  int (*cancel)(struct pg_cancel *, char *, int);
  void (*free_cancel)(struct pg_cancel *);
} pq;

static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen(MLP_PQ_FILE, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  const struct {
    void *place;
    const char *name;
  } functions[] = {
    {&pq.connect, "PQconnectStartParams"},
    {&pq.connect_poll, "PQconnectPoll"},
    {&pq.status, "PQstatus"},
    {&pq.socket, "PQsocket"},
    {&pq.error, "PQerrorMessage"},
    {&pq.finish, "PQfinish"},
    {&pq.set_notice_processor, "PQsetNoticeProcessor"},
    {&pq.send, "PQsendQueryParams"},
    {&pq.send_prepare, "PQsendPrepare"},
    {&pq.send_describe, "PQsendDescribePrepared"},
    {&pq.consume, "PQconsumeInput"},
    {&pq.is_busy, "PQisBusy"},
    {&pq.result, "PQgetResult"},
    {&pq.result_status, "PQresultStatus"},
    {&pq.result_field, "PQresultErrorField"},
    {&pq.row_count, "PQntuples"},
    {&pq.column_count, "PQnfields"},
    {&pq.column_name, "PQfname"},
    {&pq.column_type, "PQftype"},
    {&pq.column_modifier, "PQfmod"},
    {&pq.is_null, "PQgetisnull"},
    {&pq.value, "PQgetvalue"},
    {&pq.length, "PQgetlength"},
    {&pq.clear, "PQclear"},
    {&pq.cancel_of, "PQgetCancel"},
    {&pq.cancel, "PQcancel"},
    {&pq.free_cancel, "PQfreeCancel"},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    void *function = dlsym(library, functions[i].name);
    if (!function) return;
    // POSIX has dlsym give functions as pointers to data.
    *(void **)functions[i].place = function;
  }
  is_loaded = true;
}

bool mlp_pq_load(void) {
  pthread_once(&once, load);
  return is_loaded;
}

static void ignore(void *argument, const char *message) {
  (void)argument;
  (void)message;
}

struct pg_conn *mlp_pq_connect(const char *const *keywords, const char *const *values) {
  struct pg_conn *connection = pq.connect(keywords, values, 0);
  if (connection) pq.set_notice_processor(connection, ignore, NULL);
  return connection;
}

int mlp_pq_connect_poll(struct pg_conn *connection) { return pq.connect_poll(connection); }
int mlp_pq_status(const struct pg_conn *connection) { return pq.status(connection); }
int mlp_pq_socket(const struct pg_conn *connection) { return pq.socket(connection); }
const char *mlp_pq_error(const struct pg_conn *connection) { return pq.error(connection); }
void mlp_pq_finish(struct pg_conn *connection) { pq.finish(connection); }

bool mlp_pq_send(
  struct pg_conn *connection, const char *command, int count, const char *const *values, bool is_binary) {
  return pq.send(connection, command, count, NULL, values, NULL, NULL, is_binary) == 1;
}

bool mlp_pq_send_prepare(struct pg_conn *connection, const char *command) {
  return pq.send_prepare(connection, "", command, 0, NULL) == 1;
}

bool mlp_pq_send_describe(struct pg_conn *connection) { return pq.send_describe(connection, "") == 1; }
bool mlp_pq_consume(struct pg_conn *connection) { return pq.consume(connection) == 1; }
bool mlp_pq_is_busy(struct pg_conn *connection) { return pq.is_busy(connection) == 1; }
struct pg_result *mlp_pq_result(struct pg_conn *connection) { return pq.result(connection); }

int mlp_pq_result_status(const struct pg_result *result) { return pq.result_status(result); }
const char *mlp_pq_result_field(const struct pg_result *result, int field) { return pq.result_field(result, field); }
int mlp_pq_row_count(const struct pg_result *result) { return pq.row_count(result); }
int mlp_pq_column_count(const struct pg_result *result) { return pq.column_count(result); }
const char *mlp_pq_column_name(const struct pg_result *result, int column) { return pq.column_name(result, column); }
unsigned int mlp_pq_column_type(const struct pg_result *result, int column) { return pq.column_type(result, column); }
int mlp_pq_column_modifier(const struct pg_result *result, int column) { return pq.column_modifier(result, column); }
bool mlp_pq_is_null(const struct pg_result *result, int row, int column) { return pq.is_null(result, row, column); }
const char *mlp_pq_value(const struct pg_result *result, int row, int column) { return pq.value(result, row, column); }
int mlp_pq_length(const struct pg_result *result, int row, int column) { return pq.length(result, row, column); }
void mlp_pq_clear(struct pg_result *result) { pq.clear(result); }

struct pg_cancel *mlp_pq_cancel_of(struct pg_conn *connection) { return pq.cancel_of(connection); }

void mlp_pq_cancel(struct pg_cancel *cancel) {
  char words[256];
  pq.cancel(cancel, words, sizeof words);
}

void mlp_pq_free_cancel(struct pg_cancel *cancel) { pq.free_cancel(cancel); }
