#ifndef CPOSTGRES_H
#define CPOSTGRES_H
#include <stdbool.h>

// libpq, loaded when a server is first asked: a program that asks none starts without it and does not need it. The functions are those of
// libpq (postgresql.org/docs/current/libpq.html), one for each that is in use; none may be called before mlp_pq_load gave true.

struct pg_conn;
struct pg_result;
struct pg_cancel;

/// The library's file, and the Debian package that has it.
#define MLP_PQ_FILE "libpq.so.5"
#define MLP_PQ_PACKAGE "libpq5"

enum { mlp_pq_connection_ok = 0, mlp_pq_connection_awaiting_response = 4 };
enum { mlp_pq_polling_failed = 0, mlp_pq_polling_reading = 1, mlp_pq_polling_writing = 2, mlp_pq_polling_ok = 3 };
enum { mlp_pq_command_ok = 1, mlp_pq_tuples_ok = 2 };

/// Whether the library is there; tried once.
bool mlp_pq_load(void);

/// Begins to connect with these keywords and values, both ended by NULL. Messages of the server are thrown away.
struct pg_conn *mlp_pq_connect(const char *const *keywords, const char *const *values);
int mlp_pq_connect_poll(struct pg_conn *connection);
int mlp_pq_status(const struct pg_conn *connection);
int mlp_pq_socket(const struct pg_conn *connection);
const char *mlp_pq_error(const struct pg_conn *connection);
void mlp_pq_finish(struct pg_conn *connection);

/// Sends one command, whose places `$1`, `$2`, … are filled by texts; the cells of its result are binary or text.
bool mlp_pq_send(
  struct pg_conn *connection, const char *command, int count, const char *const *values, bool is_binary);
/// Has the server prepare the statement without a name, and tell what it gives.
bool mlp_pq_send_prepare(struct pg_conn *connection, const char *command);
bool mlp_pq_send_describe(struct pg_conn *connection);
bool mlp_pq_consume(struct pg_conn *connection);
bool mlp_pq_is_busy(struct pg_conn *connection);
struct pg_result *mlp_pq_result(struct pg_conn *connection);

int mlp_pq_result_status(const struct pg_result *result);
/// `'C'` is the SQLSTATE, `'M'` the message, `'D'` the detail, `'H'` the hint; NULL where there is none.
const char *mlp_pq_result_field(const struct pg_result *result, int field);
int mlp_pq_row_count(const struct pg_result *result);
int mlp_pq_column_count(const struct pg_result *result);
const char *mlp_pq_column_name(const struct pg_result *result, int column);
unsigned int mlp_pq_column_type(const struct pg_result *result, int column);
int mlp_pq_column_modifier(const struct pg_result *result, int column);
bool mlp_pq_is_null(const struct pg_result *result, int row, int column);
const char *mlp_pq_value(const struct pg_result *result, int row, int column);
int mlp_pq_length(const struct pg_result *result, int row, int column);
void mlp_pq_clear(struct pg_result *result);

/// What asks the server to end a connection's command, over another connection; it may be used on any thread.
struct pg_cancel *mlp_pq_cancel_of(struct pg_conn *connection);
void mlp_pq_cancel(struct pg_cancel *cancel);
void mlp_pq_free_cancel(struct pg_cancel *cancel);
#endif
